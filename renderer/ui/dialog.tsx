import { FocusTrap, Portal } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react'
import { cx } from './cx.ts'
import styles from './dialog.module.css'
import { IconButton } from './icon-button.tsx'

interface FrameProps {
  readonly role: 'dialog' | 'alertdialog'
  readonly label: string
  readonly describedBy?: string | undefined
  readonly className?: string | undefined
  readonly onClose: () => void
  readonly onKeyDown?: ((event: KeyboardEvent) => void) | undefined
  readonly children: ReactNode
}

/**
 * The modal frame: scrim, focus kept inside, Esc closes, focus goes back to where it was. Ours rather than Mantine's
 * Modal, which locks scrolling with an injected <style> and knows no `alertdialog`. The first focus goes to
 * `[data-autofocus]`, else to the first control.
 */
export function DialogFrame(props: FrameProps) {
  const returnTo = useRef<HTMLElement | null>(
    document.activeElement instanceof HTMLElement ? document.activeElement : null,
  )
  useEffect(() => {
    const target = returnTo.current
    return () => {
      // After the frame has left the page: a control inside it may still hold the focus now.
      requestAnimationFrame(() => {
        if (document.activeElement === document.body || document.activeElement === null) target?.focus()
      })
    }
  }, [])
  return (
    <Portal>
      <div className={styles.layer} ref={keepKeys}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: a pointer's short cut for Esc */}
        <div className={styles.scrim} onMouseDown={props.onClose} />
        <FocusTrap active innerRef={focusFirst}>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: its role is a dialog's, given below */}
          {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: its role is a dialog's, given below */}
          <div
            role={props.role}
            aria-modal="true"
            aria-label={props.label}
            aria-describedby={props.describedBy}
            tabIndex={-1}
            className={props.className ?? styles.dialog}
            onKeyDown={(event) => {
              if (event.key === 'Escape' && !event.defaultPrevented) {
                event.preventDefault()
                event.stopPropagation()
                props.onClose()
                return
              }
              props.onKeyDown?.(event)
            }}
          >
            {props.children}
          </div>
        </FocusTrap>
      </div>
    </Portal>
  )
}

/**
 * The control that had the focus may be gone with its step of the dialog; keys would then reach nobody, Esc included. As a
 * ref, because the portal brings its children a moment after the effects of who asked for it.
 */
function keepKeys(layer: HTMLDivElement | null): (() => void) | undefined {
  const frame = layer?.querySelector<HTMLElement>('[aria-modal="true"]') ?? null
  if (frame === null) return undefined
  const observer = new MutationObserver(() => {
    if (document.activeElement === document.body) frame.focus({ preventScroll: true })
  })
  observer.observe(frame, { childList: true, subtree: true })
  return () => observer.disconnect()
}

/** With the frame, not a moment after it: keys typed at once belong to the dialog, Esc included. */
function focusFirst(frame: HTMLElement | null): void {
  const first = frame?.querySelector<HTMLElement>('[data-autofocus]') ?? frame?.querySelector<HTMLElement>(CONTROLS)
  ;(first ?? frame)?.focus({ preventScroll: true })
}

const CONTROLS =
  'input:not([disabled], [type="hidden"]), select:not([disabled]), textarea:not([disabled]), button:not([disabled]), a[href]'

export interface DialogProps {
  readonly opened: boolean
  readonly onClose: () => void
  readonly title: string
  readonly children: ReactNode
  /** Left part of the footer, then buttons with the primary last. */
  readonly footer?: ReactNode
  readonly onKeyDown?: (event: KeyboardEvent) => void
  readonly className?: string
}

/** A form in a window of 600 px. */
export function Dialog(props: DialogProps) {
  if (!props.opened) return null
  return (
    <DialogFrame
      role="dialog"
      label={props.title}
      className={cx(styles.dialog, props.className)}
      onClose={props.onClose}
      onKeyDown={props.onKeyDown}
    >
      <div className={styles.head}>
        <h2 className={styles.title}>{props.title}</h2>
        <IconButton label="Close" keys={['Esc']} onClick={props.onClose}>
          <IconX size={16} aria-hidden />
        </IconButton>
      </div>
      <div className={styles.body}>{props.children}</div>
      {props.footer !== undefined && <div className={styles.foot}>{props.footer}</div>}
    </DialogFrame>
  )
}

export interface QuestionProps {
  readonly opened: boolean
  readonly onClose: () => void
  /** Accessible name, as in UI-CONTRACT.md. */
  readonly label: string
  /** What is asked, as the heading. */
  readonly title: ReactNode
  readonly children: ReactNode
  /** Buttons, the consequential one last. */
  readonly buttons: ReactNode
  readonly onKeyDown?: (event: KeyboardEvent) => void
}

/** A question of 440 px that must be answered. */
export function Question(props: QuestionProps) {
  const describedBy = useId()
  if (!props.opened) return null
  return (
    <DialogFrame
      role="alertdialog"
      label={props.label}
      describedBy={describedBy}
      className={cx(styles.dialog, styles.question)}
      onClose={props.onClose}
      onKeyDown={props.onKeyDown}
    >
      <h2 className={styles.questionHead}>{props.title}</h2>
      <div id={describedBy} className={styles.questionBody}>
        {props.children}
      </div>
      <div className={styles.questionFoot}>{props.buttons}</div>
    </DialogFrame>
  )
}
