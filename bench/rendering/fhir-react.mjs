import 'fhir-react/build/bootstrap-reboot.min.css';
import 'fhir-react/build/style.css';

import { FhirResource, fhirVersions } from 'fhir-react';
import { createElement } from 'react';

import { present } from './in-page.mjs';
import { reactList } from './react-list.mjs';

await present(
  reactList((fhirResource) =>
    createElement(FhirResource, { fhirResource, fhirVersion: fhirVersions.R4, thorough: true }),
  ),
);
