export { FIELD_LABELS } from '../../shared/model/field-labels.ts'
