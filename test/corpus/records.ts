import '../../src/elements/fhir-resource/fhir-resource.js';
import type { FhirResourceElement } from '../../src/elements/fhir-resource/fhir-resource-element.js';

export interface RecordFile {
  readonly file: string;
  readonly text: string;
}

async function read<T>(name: string): Promise<T> {
  const response = await fetch(`/corpus/${name}.json`);
  return (await response.json()) as T;
}

/** Which files there are, by folder; empty where the records are not on this machine. */
export const files: Record<string, readonly string[]> = await read('index');

/** In this order, those that are not there included. */
export const folders = ['r4-official', 'us-core', 'r5-official', 'older-versions', 'adversarial'];

export async function recordsIn(folder: string): Promise<readonly RecordFile[]> {
  return await read(folder);
}

export interface ElementDefinition {
  readonly name: string;
  readonly types: readonly string[];
  readonly isList: boolean;
  readonly isModifier: boolean;
}

/** The elements of each R4 type, and of each element that has some, by the path to it. */
export type Definitions = Record<
  string,
  { readonly isResource: boolean; readonly elements: readonly ElementDefinition[] }
>;

export async function readDefinitions(): Promise<Definitions> {
  return await read('definitions');
}

export interface Showing {
  /** BCP 47 */
  readonly language?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly parent?: Element;
}

/** The element that shows a resource, on the page and drawn, with all that can be opened. Who asked for it takes it away. */
export async function show(
  text: string,
  { language = 'en-GB', attributes = {}, parent = document.body }: Showing = {},
): Promise<FhirResourceElement> {
  const element = document.createElement('fhir-resource');
  element.lang = language;
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  element.resourceText = text;
  parent.append(element);
  await element.updateComplete;
  drawFolds(element.shadowRoot);
  return element;
}

/** Draws what is drawn when it is opened, also within that, and leaves it closed. */
function drawFolds(root: ParentNode | null): void {
  for (const opener of root?.querySelectorAll<HTMLElement>('[part=opener][aria-expanded=false]') ?? []) {
    opener.click();
    drawFolds(opener.nextElementSibling);
    opener.click();
  }
}
