/** Where the content of attachments is asked for: one session's view of one server. */
export interface AttachmentSource {
  /** The FHIR base URL, that relative addresses are relative to. */
  readonly base: string;
  /** Further places that the server itself has named. */
  readonly places?: readonly string[];
  /**
   * Asks for a document with the session's access token.
   *
   * @param url absolute.
   * @param init the types to accept, and a signal that ends the request.
   * @throws {SmartError} `fhir/foreign-url` for a URL that may not have the token, and whatever else the session throws.
   */
  fetch(url: string, init: Pick<RequestInit, 'headers' | 'signal'>): Promise<Response>;
}
