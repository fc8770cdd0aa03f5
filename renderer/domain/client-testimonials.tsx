export { ClientTestimonials } from './testimonial-list.tsx'
