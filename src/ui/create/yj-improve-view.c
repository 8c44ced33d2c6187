/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-improve-view"

#include "yj-improve-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "yj-prompt-text.h"
#include "yj-word-diff.h"

struct _YjImproveView
{
  GtkTextView    parent_instance;
  GtkTextBuffer *buffer;
  GtkTextTag    *removed;
  GtkTextTag    *added;
  GtkTextTag    *left_out;
  GPtrArray     *changes;       /* of YjWordChange */
  GArray        *ends;          /* of int: where each ends in the text */
  gboolean      *left;          /* of each: whether it is left out */
};

G_DEFINE_FINAL_TYPE (YjImproveView, yj_improve_view, GTK_TYPE_TEXT_VIEW)

static gboolean
is_change (const YjWordChange *change)
{
  return !g_str_equal (change->before, change->after);
}

static void
insert (YjImproveView *self,
        GtkTextIter   *iter,
        const char    *source,
        GtkTextTag    *tag)
{
  g_autofree char *plain = yj_prompt_text_to_plain (source);

  gtk_text_buffer_insert_with_tags (self->buffer, iter, plain, -1, tag, NULL);
}

static void
show_changes (YjImproveView *self)
{
  GtkTextIter iter;
  int cursor;

  g_object_get (self->buffer, "cursor-position", &cursor, NULL);
  gtk_text_buffer_set_text (self->buffer, "", 0);
  g_array_set_size (self->ends, 0);
  gtk_text_buffer_get_start_iter (self->buffer, &iter);
  for (guint i = 0; i < self->changes->len; i++)
    {
      const YjWordChange *change = g_ptr_array_index (self->changes, i);
      int end;

      if (!is_change (change))
        insert (self, &iter, change->before, NULL);
      else if (self->left[i])
        {
          insert (self, &iter, change->before, NULL);
          insert (self, &iter, change->after, self->left_out);
        }
      else
        {
          insert (self, &iter, change->before, self->removed);
          insert (self, &iter, change->after, self->added);
        }
      end = gtk_text_iter_get_offset (&iter);
      g_array_append_val (self->ends, end);
    }
  gtk_text_buffer_get_iter_at_offset (self->buffer, &iter, cursor);
  gtk_text_buffer_place_cursor (self->buffer, &iter);
}

static gboolean
toggle_at (YjImproveView *self,
           int            offset)
{
  guint i = 0;

  while (i < self->ends->len && g_array_index (self->ends, int, i) <= offset)
    i++;
  if (i == self->ends->len || !is_change (g_ptr_array_index (self->changes, i)))
    return FALSE;

  self->left[i] = !self->left[i];
  show_changes (self);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), self->left[i] ? _("Change left out") : _("Change taken"),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  return TRUE;
}

static void
released_cb (YjImproveView *self,
             int            n_press,
             double         x,
             double         y)
{
  GtkTextIter iter;
  int buffer_x, buffer_y;

  if (gtk_text_buffer_get_has_selection (self->buffer))
    return;
  gtk_text_view_window_to_buffer_coords (GTK_TEXT_VIEW (self), GTK_TEXT_WINDOW_WIDGET, (int) x, (int) y, &buffer_x, &buffer_y);
  if (gtk_text_view_get_iter_at_location (GTK_TEXT_VIEW (self), &iter, buffer_x, buffer_y))
    toggle_at (self, gtk_text_iter_get_offset (&iter));
}

/* To the next change, or leave out the one at the cursor. */
static gboolean
key_pressed_cb (YjImproveView  *self,
                guint           key,
                guint           code,
                GdkModifierType modifiers)
{
  int cursor;

  if (key != GDK_KEY_space || self->changes == NULL)
    return FALSE;
  g_object_get (self->buffer, "cursor-position", &cursor, NULL);
  if (!toggle_at (self, cursor) && !(cursor > 0 && toggle_at (self, cursor - 1)))
    gtk_widget_error_bell (GTK_WIDGET (self));
  return TRUE;
}

static void
update_colours (YjImproveView *self)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());

  g_object_set (self->removed, "strikethrough", TRUE, "foreground", dark ? "#ff938c" : "#c30000",
                "background", dark ? "#4d1f1f" : "#fde3e1", NULL);
  g_object_set (self->added, "foreground", dark ? "#8ff0a4" : "#0a6b33", "background", dark ? "#17402a" : "#dcf5e5",
                "underline", PANGO_UNDERLINE_SINGLE, NULL);
  g_object_set (self->left_out, "strikethrough", TRUE, "foreground", dark ? "#8a8a8a" : "#9a9a9a", NULL);
}

static void
yj_improve_view_finalize (GObject *object)
{
  YjImproveView *self = YJ_IMPROVE_VIEW (object);

  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_array_unref (self->ends);
  g_free (self->left);

  G_OBJECT_CLASS (yj_improve_view_parent_class)->finalize (object);
}

static void
yj_improve_view_class_init (YjImproveViewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yj_improve_view_finalize;
}

static void
yj_improve_view_init (YjImproveView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->ends = g_array_new (FALSE, FALSE, sizeof (int));
  self->buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  self->removed = gtk_text_buffer_create_tag (self->buffer, NULL, NULL);
  self->added = gtk_text_buffer_create_tag (self->buffer, NULL, NULL);
  self->left_out = gtk_text_buffer_create_tag (self->buffer, NULL, NULL);
  update_colours (self);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (update_colours), self, G_CONNECT_SWAPPED);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_object (click, "released", G_CALLBACK (released_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

/**
 * yj_improve_view_show:
 * @self: a view
 * @before: a prompt with its mentions
 * @after: what is to become of it
 *
 * Shows the difference, with nothing left out.
 */
void
yj_improve_view_show (YjImproveView *self,
                      const char    *before,
                      const char    *after)
{
  g_return_if_fail (YJ_IS_IMPROVE_VIEW (self));

  g_clear_pointer (&self->changes, g_ptr_array_unref);
  self->changes = yj_word_diff (before, after);
  g_free (self->left);
  self->left = g_new0 (gboolean, self->changes->len + 1);
  show_changes (self);
}

/**
 * yj_improve_view_dup_source:
 * @self: a view that shows something
 *
 * Returns: (transfer full): the prompt with the changes that are not left out
 */
char *
yj_improve_view_dup_source (YjImproveView *self)
{
  g_autoptr(GString) source = g_string_new (NULL);

  g_return_val_if_fail (YJ_IS_IMPROVE_VIEW (self), NULL);

  for (guint i = 0; self->changes != NULL && i < self->changes->len; i++)
    {
      const YjWordChange *change = g_ptr_array_index (self->changes, i);

      g_string_append (source, self->left[i] ? change->before : change->after);
    }

  return g_string_free_and_steal (g_steal_pointer (&source));
}
