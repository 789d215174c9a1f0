import type { Column } from '../../shared/csv-file.js'

/** Columns of a school file: names of the Giga school schema, and the five that are added to it here. */
export const schoolColumns = {
  school_id_govt: { required: true },
  school_id_giga: { aliases: ['giga_id_school'] },
  school_name: { required: true },
  latitude: { aliases: ['lat'] },
  longitude: { aliases: ['lon'] },
  education_level_govt: { aliases: ['education_level'] },
  admin1: { required: true },
  admin2: {},
  parent_school_id_govt: {},
  school_area_type: {},
  num_students: {},
  num_teachers: {},
  num_classrooms: {},
  connectivity_govt: {},
  connectivity_type_govt: {},
  download_speed_contracted: {},
  electricity_availability: {},
  num_computers: {},
  num_tablets: {},
  teachers_trained: {},
  num_students_vulnerable: {},
  num_students_with_disabilities: {},
  special_education: {},
  language_of_instruction: {},
} as const satisfies Readonly<Record<string, Column>>

export type SchoolColumn = keyof typeof schoolColumns
