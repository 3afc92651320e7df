/** Who can sign in, by tenant. */
export function createAccounts(tenants) {
  const byId = new Map();
  for (const tenant of tenants) {
    for (const account of tenant.accounts) {
      const id = `${tenant.id}:${account.username}`;
      byId.set(id, { ...account, id, tenant: tenant.id });
    }
  }
  return {
    find: (id) => byId.get(id),
    /** @returns the account; undefined where name or password is wrong. */
    signIn(tenantId, username, password) {
      const account = byId.get(`${tenantId}:${username.trim().toLowerCase()}`);
      return account?.password === password ? account : undefined;
    },
  };
}

/** The patients whose records an account may open. */
export function patientsOf(account, tenant) {
  const patients = tenant.resources.filter(({ resourceType }) => resourceType === 'Patient');
  if (account.role === 'clinician') {
    return patients;
  }
  const own = account.patients ?? [account.fhirUser.split('/')[1]];
  return patients.filter(({ id }) => own.includes(id));
}
