/** One partial and what it is given, as pages use it. */
export interface Sample {
  readonly partial: string
  readonly model: Readonly<Record<string, unknown>>
}

const sample = (partial: string, model: Sample['model']): Sample => ({ partial, model })
const legend = (text: string) => ({ legend: { text, classes: 'govuk-fieldset__legend--s' } })

/** Models like those of real pages, long words and many figures included; texts are in Bosnian on purpose. */
export const samples: readonly Sample[] = [
  sample('components/heading', { level: 1, classes: 'govuk-heading-l', text: 'Potrebe škola u Tuzlanskom kantonu' }),
  sample('patterns/figures', {
    label: 'Ukratko',
    items: [
      { value: '1.240', label: 'učenika čeka na uređaje', hint: 'u 38 škola' },
      { value: '92,4 %', label: 'potreba prvog stepena zadovoljeno' },
      { value: '17', label: 'prijedloga čeka na vas', href: '#prijedlozi' },
      { value: '1.250.000 KM', label: 'procijenjena vrijednost ponuda' },
    ],
  }),
  sample('patterns/row-list', {
    items: [
      {
        title: 'Prijenosni računari za nastavu',
        href: '#a',
        text: 'Za dvije učionice informatike; škola ima 14 ispravnih računara na 312 učenika.',
        meta: ['Centralna škola Đurđevik, Živinice', 'Uređaji', 'rok 1. 3. 2027.'],
        state: { name: 'open', text: 'Otvorena' },
        tier: 1,
        figures: [
          { label: 'traži', value: '48 kom.' },
          { label: 'učenika', value: '312' },
        ],
      },
      {
        title: 'Obuka nastavnika za medijsku i informacijsku pismenost',
        href: '#b',
        meta: ['Područna škola Višća', 'Obuka'],
        state: { name: 'met', text: 'Zadovoljena' },
        tier: 3,
        figures: [{ label: 'traži', value: '12 mjesta' }],
      },
    ],
    empty: '',
  }),
  sample('patterns/row-list', { items: [], empty: 'Nema potreba koje odgovaraju filteru.' }),
  sample('patterns/data-table', {
    caption: 'Prijedlozi kruga 12',
    empty: '',
    columns: [
      { text: 'Škola' },
      { text: 'Ponuda' },
      { text: 'Stepen' },
      { text: 'Količina', format: 'numeric' },
      { text: 'Stanje' },
    ],
    rows: [
      {
        cells: [
          { text: 'Područna škola Gornji Petrovići', href: '#1', hint: 'Olovo' },
          { text: 'Satelitska veza 100 Mbit/s', hint: 'Zvjezdana mreža d.o.o.' },
          { tier: 1 },
          { text: '1' },
          { state: { name: 'proposed', text: 'Predloženo' } },
        ],
      },
      {
        current: true,
        cells: [
          { text: 'Osnovna škola „Novi Grad”', href: '#2' },
          { text: 'Tablet 10"' },
          { tier: 4 },
          { text: '1.240', strong: true },
          { state: { name: 'approved', text: 'Odobreno' } },
        ],
      },
      {
        cells: [
          { text: 'Elektrotehnička škola', href: '#3' },
          { text: 'Licence' },
          { tier: 5 },
          { text: '80' },
          { state: { name: 'rejected', text: 'Odbijeno' } },
        ],
      },
    ],
  }),
  sample('components/table', {
    caption: 'Po vlastima',
    captionClasses: 'govuk-table__caption--s',
    firstCellIsHeader: true,
    head: [{ text: 'Vlast' }, { text: 'Zadovoljeno', format: 'numeric' }],
    rows: [
      [{ text: 'Kanton Sarajevo' }, { text: '88 %', format: 'numeric' }],
      [{ text: 'Brčko distrikt BiH' }, { text: '91 %', format: 'numeric' }],
    ],
  }),
  sample('components/summary-list', {
    rows: [
      {
        key: { text: 'Kompanija' },
        value: { text: 'Zvjezdana mreža d.o.o.', href: '#k' },
        actions: { items: [{ text: 'Promijeni', href: '#p', visuallyHiddenText: 'kompaniju' }] },
      },
      { key: { text: 'Stanje' }, value: { tag: { text: 'Objavljena', classes: 'govuk-tag--green' } } },
      { key: { text: 'Uslovi' }, value: { text: 'Dostava i ugradnja u roku od 30 dana, održavanje 24 mjeseca.' } },
    ],
  }),
  sample('patterns/progress', { label: 'Krug 13 računa', value: 37, max: 100, text: '37 %: gradi se mreža' }),
  sample('components/inset-text', { text: 'Prijedlog je odobren tek kad ga potvrdi vlast nadležna za školu.' }),
  sample('components/warning-text', { text: 'Odbijanje se ne može poništiti.' }),
  sample('components/details', {
    summaryText: 'Zašto ova škola?',
    text: 'Prvi stepen, bez interneta, 24 učenika.',
    open: true,
  }),
  sample('components/input', {
    name: 'amount',
    label: { text: 'Količina' },
    hint: { text: 'Cijeli broj, npr. 12' },
    errorMessage: { text: 'Količina: unesite cijeli broj, npr. 12' },
    suffix: { text: 'kom.' },
    classes: 'govuk-input--width-5',
    value: 'dvadeset',
  }),
  sample('components/password-input', { name: 'password', label: { text: 'Lozinka' }, value: '' }),
  sample('components/select', {
    name: 'kind',
    label: { text: 'Vrsta' },
    value: 'DEV-LAPTOP',
    items: [
      { value: '', text: 'Izaberite' },
      { value: 'DEV-LAPTOP', text: 'Prijenosni računar' },
    ],
  }),
  sample('components/radios', {
    name: 'gift',
    fieldset: legend('Kako se daje?'),
    value: 'gift',
    items: [
      { value: 'gift', text: 'Poklon', hint: { text: 'Škola ne plaća ništa.' } },
      { value: 'discount', text: 'Popust' },
    ],
  }),
  sample('components/checkboxes', {
    name: 'areas',
    fieldset: legend('Oblasti'),
    hint: { text: 'Označite sve koje odgovaraju.' },
    values: ['2'],
    items: [
      { value: '1', text: 'Nastava na daljinu i kombinovana nastava' },
      { value: '2', text: 'Internet i odgovorna upotreba tehnologije' },
    ],
  }),
  sample('components/date-input', {
    id: 'until',
    namePrefix: 'until',
    fieldset: legend('Vrijedi do'),
    items: [
      { name: 'day', value: '31' },
      { name: 'month', value: '3' },
      { name: 'year', value: '2027' },
    ],
  }),
  sample('components/character-count', { name: 'reason', label: { text: 'Razlog' }, maxlength: 500, rows: 4 }),
  sample('components/file-upload', { name: 'file', label: { text: 'Datoteka CSV' } }),
  sample('components/button', { text: 'Objavi ponudu' }),
  sample('components/button', { text: 'Sačuvaj nacrt', classes: 'govuk-button--secondary' }),
  sample('components/button', { text: 'Povuci', classes: 'govuk-button--warning' }),
  sample('components/pagination', { previous: { href: '#prev' }, next: { href: '#next', labelText: 'od 181' } }),
]
