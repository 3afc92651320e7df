/**
 * Where the provider keeps its grants, tokens and sessions: in memory, one store for each sandbox. (The provider's own
 * is shared by the whole process and forgets the oldest entries.)
 *
 * @param {Map<string, { payload: object, endsAt: number }>} entries
 */
export function createTokenStore(entries) {
  const read = (key) => {
    const entry = entries.get(key);
    return entry && entry.endsAt > Date.now() ? entry.payload : undefined;
  };
  const findBy = (model, property, value) => {
    for (const key of entries.keys()) {
      const payload = key.startsWith(`${model}:`) ? read(key) : undefined;
      if (payload?.[property] === value) {
        return payload;
      }
    }
    return undefined;
  };

  class Adapter {
    constructor(model) {
      this.model = model;
    }

    async upsert(id, payload, expiresIn) {
      const endsAt = expiresIn ? Date.now() + expiresIn * 1000 : Number.POSITIVE_INFINITY;
      entries.set(`${this.model}:${id}`, { payload, endsAt });
    }

    async find(id) {
      return read(`${this.model}:${id}`);
    }

    async findByUid(uid) {
      return findBy(this.model, 'uid', uid);
    }

    async findByUserCode(userCode) {
      return findBy(this.model, 'userCode', userCode);
    }

    async consume(id) {
      const payload = read(`${this.model}:${id}`);
      if (payload) {
        payload.consumed = Math.floor(Date.now() / 1000);
      }
    }

    async destroy(id) {
      entries.delete(`${this.model}:${id}`);
    }

    async revokeByGrantId(grantId) {
      for (const [key, { payload }] of entries) {
        if (payload.grantId === grantId) {
          entries.delete(key);
        }
      }
    }
  }

  return {
    Adapter,
    /** Forgets all entries of some models, such as every refresh token. */
    forget(...models) {
      for (const key of entries.keys()) {
        if (models.some((model) => key.startsWith(`${model}:`))) {
          entries.delete(key);
        }
      }
    },
    /** Forgets the entries of a model that something is true of. */
    forgetWhere(model, isTrueOf) {
      for (const [key, { payload }] of entries) {
        if (key.startsWith(`${model}:`) && isTrueOf(payload)) {
          entries.delete(key);
        }
      }
    },
  };
}
