/** What is made when it is first asked for, and the same from then on. */
export function once<Made>(make: () => Made): () => Made {
  let made: { readonly one: Made } | undefined;
  return () => (made ??= { one: make() }).one;
}

/** More than there are names in FHIR; whoever sends more of them gets no more memory for it. */
const mostNames = 5_000;

/** What is made of a name, worked out once: records have the same few names over and over. */
export function onceForEach<Made>(make: (name: string) => Made): (name: string) => Made {
  const known = new Map<string, Made>();
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) {
      return found;
    }
    const made = make(name);
    if (known.size < mostNames) {
      known.set(name, made);
    }
    return made;
  };
}
