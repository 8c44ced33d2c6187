/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Up in an empty box brings back what was asked before. */
#define G_LOG_DOMAIN "yj-composer"

#include "yj-composer-private.h"

/* Whether the cursor stands in the first or the last line that is seen, so that it cannot go further. */
static gboolean
is_at_edge (YjComposer *self,
            gboolean    first)
{
  GtkTextIter cursor, edge;
  GdkRectangle here, there;

  gtk_text_buffer_get_iter_at_mark (self->buffer, &cursor, gtk_text_buffer_get_insert (self->buffer));
  if (first)
    gtk_text_buffer_get_start_iter (self->buffer, &edge);
  else
    gtk_text_buffer_get_end_iter (self->buffer, &edge);
  gtk_text_view_get_iter_location (self->view, &cursor, &here);
  gtk_text_view_get_iter_location (self->view, &edge, &there);
  return here.y == there.y;
}

static void
step (YjComposer *self,
      int         by)
{
  g_autofree char *text = yj_composer_dup_text (self);
  const char *to = yj_prompt_history_step (self->history, by, text);

  if (to == NULL)
    return;
  yj_composer_set_text (self, to);
  g_signal_emit_by_name (self, "changed");
}

/* Whether Up or Down was meant for this. */
gboolean
yj_composer_handle_history (YjComposer            *self,
                            guint                  key,
                            GtkEventControllerKey *controller)
{
  gboolean up = key == GDK_KEY_Up || key == GDK_KEY_KP_Up;
  gboolean begun = self->history != NULL && yj_prompt_history_is_begun (self->history);
  gboolean empty = gtk_text_buffer_get_char_count (self->buffer) == 0;

  if (!(up && empty) && (!begun || !is_at_edge (self, up)))
    return FALSE;
  /* First the input method: in its list of words these keys choose. */
  if (gtk_text_view_im_context_filter_keypress (self->view, gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller))))
    return TRUE;
  if (self->history == NULL)
    g_signal_emit_by_name (self, "history");
  else
    step (self, up ? 1 : -1);
  return TRUE;
}

/**
 * yj_composer_take_history:
 * @self: a composer that has asked for it
 * @entries: what was asked, the last one first
 *
 * Begins to go through @entries, unless something was written meanwhile.
 */
void
yj_composer_take_history (YjComposer *self,
                          GStrv       entries)
{
  g_return_if_fail (YJ_IS_COMPOSER (self));

  if (self->history != NULL || gtk_text_buffer_get_char_count (self->buffer) > 0)
    return;
  self->history = yj_prompt_history_new (entries);
  step (self, 1);
}
