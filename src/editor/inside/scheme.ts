/** Of the addresses of what is shown of a running lab as a document. */
export const SCHEME = 'neutron-lab';
