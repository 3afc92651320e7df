/**
 * What an app is told with its token of the place it was opened at.
 *
 * @param {{ tenant?: string, patient?: string, encounter?: string }} [grant] what a grant is about
 */
export function launchContext({ tenant, patient, encounter } = {}) {
  return {
    // Without the app, there is nobody to show whose record it is.
    ...(patient && { patient, need_patient_banner: true }),
    ...(encounter && { encounter }),
    ...(tenant && { tenant }),
  };
}
