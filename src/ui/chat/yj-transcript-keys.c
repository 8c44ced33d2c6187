/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-transcript"

#include "yj-transcript-private.h"

#include <glib/gi18n.h>

#include "yj-selection-menu.h"
#include "yj-selection-move.h"
#include "yj-selection.h"
#include "yj-window.h"

/* What the keyboard does with messages: going from one to the other, selecting, copying. */

#define ARROW_SCROLL 60         /* px */

/* ---- where things are */

/**
 * yj_transcript_get_model:
 * @self: a transcript
 *
 * Returns: (transfer none) (nullable): the messages
 */
GListModel *
yj_transcript_get_model (YjTranscript *self)
{
  g_return_val_if_fail (YJ_IS_TRANSCRIPT (self), NULL);

  return self->model;
}

/**
 * yj_transcript_get_selection:
 * @self: a transcript
 *
 * Returns: (transfer none): what is selected in its messages
 */
YjSelection *
yj_transcript_get_selection (YjTranscript *self)
{
  g_return_val_if_fail (YJ_IS_TRANSCRIPT (self), NULL);

  return self->selection;
}

/**
 * yj_transcript_get_row:
 * @self: a transcript
 * @i: the number of a message
 *
 * Returns: (transfer none) (nullable): its [class@Yj.MessageCard]; %NULL: far from the view
 */
GtkWidget *
yj_transcript_get_row (YjTranscript *self,
                       guint         i)
{
  g_return_val_if_fail (YJ_IS_TRANSCRIPT (self), NULL);

  return i < self->items->len ? yj_transcript_get_item (self, i)->row : NULL;
}

/**
 * yj_transcript_scroll_by:
 * @self: a transcript
 * @distance: px, down
 */
void
yj_transcript_scroll_by (YjTranscript *self,
                         double        distance)
{
  g_return_if_fail (YJ_IS_TRANSCRIPT (self));

  gtk_adjustment_set_value (self->vadjustment, gtk_adjustment_get_value (self->vadjustment) + distance);
}

/**
 * yj_transcript_reveal:
 * @self: a transcript
 * @top: px from its upper edge
 * @bottom: px from its upper edge
 *
 * Scrolls no further than needed to have that in sight.
 */
void
yj_transcript_reveal (YjTranscript *self,
                      double        top,
                      double        bottom)
{
  int height = gtk_widget_get_height (GTK_WIDGET (self));

  g_return_if_fail (YJ_IS_TRANSCRIPT (self));

  if (top < 0)
    yj_transcript_scroll_by (self, top - YJ_TRANSCRIPT_MARGIN);
  else if (bottom > height)
    yj_transcript_scroll_by (self, MIN (bottom - height + YJ_TRANSCRIPT_MARGIN, top));
}

/**
 * yj_transcript_ensure_row:
 * @self: a transcript
 * @i: the number of a message, or less than 0 for none
 *
 * Goes to a message that has no row, so that it gets one.
 */
void
yj_transcript_ensure_row (YjTranscript *self,
                          int           i)
{
  g_return_if_fail (YJ_IS_TRANSCRIPT (self));

  if (i < 0 || yj_transcript_get_row (self, i) != NULL)
    return;
  self->top = i;
  self->anchor = (YjAnchor) { YJ_MESSAGE_CARD_ITSELF, 0, -YJ_TRANSCRIPT_MARGIN };
  self->kept = YJ_KEPT_BY_PLACE;
  yj_transcript_build (self);
}

/* ---- the focus */

static int
get_focused (YjTranscript *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  for (guint i = 0; focus != NULL && i < self->items->len; i++)
    {
      GtkWidget *row = yj_transcript_get_item (self, i)->row;

      if (row != NULL && (focus == row || gtk_widget_is_ancestor (focus, row)))
        return i;
    }
  return -1;
}

/**
 * yj_transcript_focus_message:
 * @self: a transcript
 * @message: one of its messages
 *
 * Gives a message that has a row the keyboard, unless something in it has it.
 */
void
yj_transcript_focus_message (YjTranscript *self,
                             YjMessage    *message)
{
  g_return_if_fail (YJ_IS_TRANSCRIPT (self));

  for (guint i = 0; i < self->items->len; i++)
    if (yj_transcript_get_item (self, i)->message == message && yj_transcript_get_item (self, i)->row != NULL)
      gtk_widget_grab_focus (yj_transcript_get_item (self, i)->row);
}

/* The message that the view shows first, or last. */
static int
find_in_sight (YjTranscript *self,
               int           direction)
{
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  int found = -1;

  for (guint i = 0; i < self->items->len; i++)
    {
      GtkWidget *row = yj_transcript_get_item (self, i)->row;
      graphene_rect_t box;

      if (row == NULL || !gtk_widget_compute_bounds (row, GTK_WIDGET (self), &box) ||
          box.origin.y + box.size.height < 0 || box.origin.y > height)
        continue;
      found = i;
      if (direction > 0)
        break;
    }
  return found;
}

/**
 * yj_transcript_step:
 * @self: a transcript
 * @direction: 1: the next message, -1: the one before
 *
 * Takes the keyboard to another message, with its beginning in sight. From outside it goes to the one that is in sight.
 */
void
yj_transcript_step (YjTranscript *self,
                    int           direction)
{
  int i = get_focused (self);
  GtkRoot *root;
  graphene_rect_t box;
  GtkWidget *row;

  g_return_if_fail (YJ_IS_TRANSCRIPT (self));

  i = i >= 0 ? i + direction : find_in_sight (self, direction);
  if (i < 0 || i >= (int) self->items->len)
    return;
  yj_transcript_ensure_row (self, i);
  row = yj_transcript_get_row (self, i);
  root = gtk_widget_get_root (GTK_WIDGET (self));
  if (row == NULL || root == NULL)
    return;
  if (GTK_IS_WINDOW (root))
    gtk_window_set_focus_visible (GTK_WINDOW (root), TRUE);
  gtk_widget_grab_focus (row);
  if (gtk_widget_compute_bounds (row, GTK_WIDGET (self), &box))
    yj_transcript_reveal (self, box.origin.y, box.origin.y + box.size.height);
}

/* ---- actions */

static void
step_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  yj_transcript_step (YJ_TRANSCRIPT (widget), g_variant_get_int32 (parameter));
}

static void
scroll_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  yj_transcript_scroll_by (YJ_TRANSCRIPT (widget), g_variant_get_int32 (parameter) * ARROW_SCROLL);
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  YjTranscript *self = YJ_TRANSCRIPT (widget);
  int focused = get_focused (self);

  if (!yj_selection_copy (self->selection))
    {
      if (focused < 0)
        return;
      gtk_widget_activate_action (yj_transcript_get_row (self, focused), "message.copy", NULL);
    }
  gtk_accessible_announce (GTK_ACCESSIBLE (self), _("Copied"), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
}

static void
select_all_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  yj_selection_select_all (YJ_TRANSCRIPT (widget)->selection);
}

static void
select_none_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  yj_selection_clear (YJ_TRANSCRIPT (widget)->selection);
}

static void
extend_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  YjTranscript *self = YJ_TRANSCRIPT (widget);
  int focused = get_focused (self);
  int by, direction;

  g_variant_get (parameter, "(ii)", &by, &direction);
  yj_selection_move (self->selection, focused >= 0 ? yj_transcript_get_item (self, focused)->message : NULL, by, direction);
}

static void
menu_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  YjTranscript *self = YJ_TRANSCRIPT (widget);
  int focused = get_focused (self);

  if (focused >= 0)
    yj_selection_menu_show (self, yj_transcript_get_row (self, focused), NULL, -1, -1);
}

static void
use_selection_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  g_autofree char *text = yj_selection_dup_markdown (YJ_TRANSCRIPT (widget)->selection);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (YJ_IS_WINDOW (root) && *text != '\0')
    yj_window_use_prompt (YJ_WINDOW (root), text);
}

static void
open_link_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  g_autoptr(GtkUriLauncher) launcher = gtk_uri_launcher_new (g_variant_get_string (parameter, NULL));
  GtkRoot *root = gtk_widget_get_root (widget);

  gtk_uri_launcher_launch (launcher, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, NULL, NULL);
}

static void
copy_link_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), g_variant_get_string (parameter, NULL));
}

static void
add_extend (GtkWidgetClass  *widget_class,
            guint            key,
            guint            keypad_key,
            GdkModifierType  modifiers,
            YjStep           by,
            int              direction)
{
  gtk_widget_class_add_binding_action (widget_class, key, modifiers | GDK_SHIFT_MASK, "transcript.extend", "(ii)", (int) by, direction);
  gtk_widget_class_add_binding_action (widget_class, keypad_key, modifiers | GDK_SHIFT_MASK, "transcript.extend", "(ii)", (int) by, direction);
}

/* Called once, when the class is made. */
void
yj_transcript_install_keys (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "transcript.step", "i", step_action);
  gtk_widget_class_install_action (widget_class, "transcript.scroll", "i", scroll_action);
  gtk_widget_class_install_action (widget_class, "transcript.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "transcript.select-all", NULL, select_all_action);
  gtk_widget_class_install_action (widget_class, "transcript.select-none", NULL, select_none_action);
  gtk_widget_class_install_action (widget_class, "transcript.extend", "(ii)", extend_action);
  gtk_widget_class_install_action (widget_class, "transcript.menu", NULL, menu_action);
  gtk_widget_class_install_action (widget_class, "transcript.use-selection", NULL, use_selection_action);
  gtk_widget_class_install_action (widget_class, "transcript.open-link", "s", open_link_action);
  gtk_widget_class_install_action (widget_class, "transcript.copy-link", "s", copy_link_action);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, 0, "transcript.scroll", "i", -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, 0, "transcript.scroll", "i", 1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "transcript.copy", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Insert, GDK_CONTROL_MASK, "transcript.copy", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_a, GDK_CONTROL_MASK, "transcript.select-all", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_a, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "transcript.select-none", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "transcript.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "transcript.menu", NULL);

  for (int direction = -1; direction <= 1; direction += 2)
    {
      gboolean on = direction > 0;

      add_extend (widget_class, on ? GDK_KEY_Right : GDK_KEY_Left, on ? GDK_KEY_KP_Right : GDK_KEY_KP_Left, 0, YJ_STEP_LETTER, direction);
      add_extend (widget_class, on ? GDK_KEY_Right : GDK_KEY_Left, on ? GDK_KEY_KP_Right : GDK_KEY_KP_Left, GDK_CONTROL_MASK, YJ_STEP_WORD, direction);
      add_extend (widget_class, on ? GDK_KEY_Down : GDK_KEY_Up, on ? GDK_KEY_KP_Down : GDK_KEY_KP_Up, 0, YJ_STEP_LINE, direction);
      add_extend (widget_class, on ? GDK_KEY_End : GDK_KEY_Home, on ? GDK_KEY_KP_End : GDK_KEY_KP_Home, 0, YJ_STEP_LINE_END, direction);
      add_extend (widget_class, on ? GDK_KEY_End : GDK_KEY_Home, on ? GDK_KEY_KP_End : GDK_KEY_KP_Home, GDK_CONTROL_MASK, YJ_STEP_ALL, direction);
    }
}
