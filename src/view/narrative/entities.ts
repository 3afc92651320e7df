/** The five of XML. */
const ofXml = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** HTML's names of U+00A0 to U+00FF, in order. */
const latin =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro ' +
  'para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil ' +
  'Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave ' +
  'Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml ' +
  'igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute ' +
  'thorn yuml';

/** Others that records are written with, each before its sign. One that is missing here costs the layout, not the text. */
const others =
  'ndash – mdash — lsquo ‘ rsquo ’ ldquo “ rdquo ” bull • hellip … euro € trade ™ larr ← uarr ↑ rarr → darr ↓ minus − ' +
  'asymp ≈ ne ≠ le ≤ ge ≥ alpha α beta β gamma γ delta δ Delta Δ kappa κ lambda λ mu μ sigma σ omega ω Omega Ω';

let signs: Map<string, string> | undefined;

function namedSigns(): Map<string, string> {
  const map = new Map(Object.entries(ofXml));
  for (const [index, name] of latin.split(' ').entries()) {
    map.set(name, String.fromCharCode(0xa0 + index));
  }
  const list = others.split(' ');
  for (let index = 0; index < list.length; index += 2) {
    map.set(list[index] ?? '', list[index + 1] ?? '');
  }
  return map;
}

/**
 * The sign that a reference stands for: `#176`, `#xB0`, or a name of XML's or HTML's.
 *
 * @returns undefined where there is no such sign, or XML does not allow it.
 */
export function signOf(reference: string): string | undefined {
  const [, hex, decimal] = /^#(?:x([\da-f]+)|(\d+))$/i.exec(reference) ?? [];
  const digits = hex ?? decimal;
  if (digits === undefined) {
    return (signs ??= namedSigns()).get(reference);
  }
  const code = parseInt(digits, hex ? 16 : 10);
  const sign = code <= 0x10ffff ? String.fromCodePoint(code) : '';
  return /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]$/u.test(sign) ? sign : undefined;
}
