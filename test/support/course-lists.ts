// Invented lists of courses in foreign formats.

export type BaOffer = Readonly<Record<string, unknown>> & { readonly angebot?: Readonly<Record<string, unknown>> };

/** An offer of the Bundesagentur's list, of which nothing is known but what is needed. */
export const baOffer = ({ angebot, ...own }: BaOffer) => ({
  id: 1,
  individuellerEinstieg: false,
  beginn: null,
  ende: null,
  ...own,
  angebot: { titel: 'Deutschkurs', ...angebot },
});

export const baPage = (offers: readonly unknown[], page?: Readonly<Record<string, number>>) => ({
  _embedded: { termine: offers },
  _links: { self: { href: '/pc/v1/bildungsangebot' } },
  ...(page !== undefined && { page }),
});

const LONG = 'Bitte melden Sie sich vorher an. '.repeat(12);

/** A list of `count` courses as it is written to a file: piece by piece. */
export async function* baList(count: number): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode('{"_embedded":{"termine":[');
  for (let n = 0; n < count; n++) {
    const offer = baOffer({
      id: n + 1,
      beginn: 1_801_436_400_000,
      bemerkung: LONG,
      angebot: { titel: `Deutsch ${n}`, inhalt: LONG },
    });
    yield encoder.encode(`${n === 0 ? '' : ','}${JSON.stringify(offer)}`);
  }
  yield encoder.encode(`]},"page":{"totalElements":${count},"totalPages":1}}`);
}

/** A catalogue of `count` courses with two dates each: piece by piece. */
export async function* xmlCatalogue(count: number): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(
    '<?xml version="1.0" encoding="UTF-8"?><OPENQCAT version="1.1"><HEADER><SUPPLIER><SUPPLIER_ID>S</SUPPLIER_ID><SUPPLIER_NAME>Beispiel</SUPPLIER_NAME></SUPPLIER></HEADER><NEW_CATALOG FULLCATALOG="true">',
  );
  for (let n = 0; n < count; n++) {
    const service = (id: string, isOffer: boolean, details: string) =>
      `<SERVICE><PRODUCT_ID>${id}</PRODUCT_ID><SUPPLIER_ID_REF>S</SUPPLIER_ID_REF><SERVICE_DETAILS>${details}<SERVICE_MODULE><EDUCATION type="${isOffer}"><COURSE_ID>C-${n}</COURSE_ID></EDUCATION></SERVICE_MODULE></SERVICE_DETAILS></SERVICE>`;
    const dates = (day: string) => `<SERVICE_DATE><START_DATE>${day}T00:00:00</START_DATE></SERVICE_DATE>`;
    yield encoder.encode(
      service(`A-${n}`, true, `<TITLE>Deutsch ${n}</TITLE><DESCRIPTION_LONG>${LONG}</DESCRIPTION_LONG>`) +
        service(`V-${n}-1`, false, `<TITLE/>${dates('2027-02-01')}`) +
        service(`V-${n}-2`, false, `<TITLE/>${dates('2027-03-01')}`),
    );
  }
  yield encoder.encode('</NEW_CATALOG></OPENQCAT>');
}

/** Our own table of `count` courses: piece by piece. */
export async function* csvTable(count: number): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode('source_id;kind;title;provider;start;ags;audience\n');
  for (let n = 0; n < count; n++) {
    yield encoder.encode(`R-${n};EOK;Deutsch ${n};Beispiel;2027-02-15;08235085;${LONG.slice(0, 280).trim()}\n`);
  }
}
