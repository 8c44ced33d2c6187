/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The attached files are offered at an “@”, and at a chip others in its place. */
#define G_LOG_DOMAIN "yj-mention-view"

#include "yj-mention-view-private.h"

#define MAX_SOUGHT 24           /* characters */

static gboolean
is_at (gunichar c)
{
  return c == '@' || c == 0xff20;
}

/* The place of the “@” that is being typed at, and what was typed after it. */
static gboolean
find_at (YjMentionView *self,
         GtkTextIter   *at,
         char         **sought)
{
  GtkTextIter cursor, iter;

  if (gtk_text_buffer_get_has_selection (self->buffer))
    return FALSE;
  gtk_text_buffer_get_iter_at_mark (self->buffer, &cursor, gtk_text_buffer_get_insert (self->buffer));
  iter = cursor;
  for (int n = 0; n <= MAX_SOUGHT && gtk_text_iter_backward_char (&iter); n++)
    {
      gunichar c = gtk_text_iter_get_char (&iter);
      GtkTextIter before = iter;

      if (g_unichar_isspace (c) || c == 0xfffc)
        return FALSE;
      if (!is_at (c))
        continue;
      /* “name@host” is an address */
      if (c == '@' && gtk_text_iter_backward_char (&before) && gtk_text_iter_get_char (&before) < 0x80 &&
          g_ascii_isalnum (gtk_text_iter_get_char (&before)))
        return FALSE;
      *at = iter;
      gtk_text_iter_forward_char (&iter);
      *sought = gtk_text_buffer_get_text (self->buffer, &iter, &cursor, TRUE);
      return TRUE;
    }

  return FALSE;
}

static void
hide (YjMentionView *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->menu));
  gtk_popover_popdown (self->hint);
}

/* Where the menu opens: below the “@”, so that it stays while more is typed. */
static void
point (YjMentionView     *self,
       GtkPopover        *popover,
       const GtkTextIter *iter)
{
  GdkRectangle place;

  gtk_text_view_get_iter_location (GTK_TEXT_VIEW (self), iter, &place);
  gtk_text_view_buffer_to_window_coords (GTK_TEXT_VIEW (self), GTK_TEXT_WINDOW_WIDGET, place.x, place.y, &place.x, &place.y);
  place.width = 1;
  gtk_popover_set_pointing_to (popover, &place);
}

void
yj_mention_view_update_offer (YjMentionView *self)
{
  g_autofree char *sought = NULL;
  GtkTextIter at, marked;

  if (self->menu == NULL)
    return;
  if (self->draft == NULL || !gtk_widget_has_focus (GTK_WIDGET (self)) || !find_at (self, &at, &sought))
    {
      if (self->at != NULL)
        gtk_text_buffer_delete_mark (self->buffer, self->at);
      self->at = NULL;
      hide (self);
      return;
    }

  if (self->at != NULL)
    gtk_text_buffer_get_iter_at_mark (self->buffer, &marked, self->at);
  if (self->at == NULL || !gtk_text_iter_equal (&at, &marked))
    {
      if (self->at != NULL)
        gtk_text_buffer_delete_mark (self->buffer, self->at);
      self->at = gtk_text_buffer_create_mark (self->buffer, NULL, &at, TRUE);
      self->dismissed = FALSE;
    }
  if (self->dismissed)
    return;

  if (yj_mention_menu_fill (self->menu, self->draft, sought))
    {
      gtk_popover_popdown (self->hint);
      point (self, GTK_POPOVER (self->menu), &at);
      gtk_popover_popup (GTK_POPOVER (self->menu));
    }
  else if (*sought == '\0' && yj_mention_hint_update (self->hint, self->draft))
    {
      gtk_popover_popdown (GTK_POPOVER (self->menu));
      point (self, self->hint, &at);
      gtk_popover_popup (self->hint);
    }
  else
    hide (self);
}

static void
chosen_cb (YjMentionView *self,
           YjDraftFile   *file)
{
  GtkTextIter at, cursor;
  g_autofree char *sought = NULL;

  if (!find_at (self, &at, &sought))
    return;
  gtk_text_buffer_begin_user_action (self->buffer);
  gtk_text_buffer_get_iter_at_mark (self->buffer, &cursor, gtk_text_buffer_get_insert (self->buffer));
  gtk_text_buffer_delete (self->buffer, &at, &cursor);
  yj_mention_view_mention (self, file);
  gtk_text_buffer_end_user_action (self->buffer);
}

/* ---- keys */

static gboolean
is_for_menu (guint key)
{
  switch (key)
    {
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_Tab:
    case GDK_KEY_Escape:
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
key_pressed_cb (YjMentionView         *self,
                guint                  key,
                guint                  code,
                GdkModifierType        modifiers,
                GtkEventControllerKey *controller)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));
  gboolean choosing = gtk_widget_get_visible (GTK_WIDGET (self->menu));
  gboolean hinting = gtk_widget_get_visible (GTK_WIDGET (self->hint)) && key == GDK_KEY_Escape;

  if ((!choosing && !hinting) || !is_for_menu (key) ||
      (modifiers & gtk_accelerator_get_default_mod_mask ()) != 0)
    return FALSE;
  /* First the input method: in its list of words these keys choose. */
  if (gtk_text_view_im_context_filter_keypress (GTK_TEXT_VIEW (self), event))
    return TRUE;

  if (key == GDK_KEY_Escape)
    {
      self->dismissed = TRUE;
      hide (self);
    }
  else if (key == GDK_KEY_Up || key == GDK_KEY_KP_Up)
    yj_mention_menu_move (self->menu, -1);
  else if (key == GDK_KEY_Down || key == GDK_KEY_KP_Down)
    yj_mention_menu_move (self->menu, 1);
  else
    yj_mention_menu_choose (self->menu);
  return TRUE;
}

/* ---- a chip that is there */

static gboolean
find_chip (YjMentionView *self,
           GtkTextIter   *start)
{
  gtk_text_buffer_get_start_iter (self->buffer, start);
  do
    {
      GtkTextChildAnchor *anchor = gtk_text_iter_get_child_anchor (start);
      guint n = 0;
      g_autofree GtkWidget **widgets = anchor != NULL ? gtk_text_child_anchor_get_widgets (anchor, &n) : NULL;

      if (n > 0 && widgets[0] == GTK_WIDGET (self->chip))
        return TRUE;
    }
  while (self->chip != NULL && gtk_text_iter_forward_char (start));

  return FALSE;
}

/* In its place @file, or nothing. */
static void
change_chip (YjMentionView *self,
             YjDraftFile   *file)
{
  GtkTextIter start, end;

  if (self->chip == NULL || !find_chip (self, &start))
    return;
  end = start;
  gtk_text_iter_forward_char (&end);
  gtk_text_buffer_begin_user_action (self->buffer);
  gtk_text_buffer_delete (self->buffer, &start, &end);
  gtk_text_buffer_place_cursor (self->buffer, &start);
  if (file != NULL)
    yj_mention_view_mention (self, file);
  gtk_text_buffer_end_user_action (self->buffer);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
remove_cb (YjMentionView *self)
{
  change_chip (self, NULL);
}

void
yj_mention_view_edit_chip (YjMentionView *self,
                           YjMentionChip *chip)
{
  graphene_rect_t bounds;

  if (self->draft == NULL || !gtk_widget_compute_bounds (GTK_WIDGET (chip), GTK_WIDGET (self), &bounds))
    return;
  g_set_weak_pointer (&self->chip, chip);
  yj_mention_menu_fill (self->chip_menu, self->draft, "");
  gtk_popover_set_pointing_to (GTK_POPOVER (self->chip_menu), &(GdkRectangle) {
    (int) bounds.origin.x, (int) bounds.origin.y, (int) bounds.size.width, (int) bounds.size.height,
  });
  gtk_popover_popup (GTK_POPOVER (self->chip_menu));
}

void
yj_mention_view_init_offer (YjMentionView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new (), *focus = gtk_event_controller_focus_new ();

  self->menu = yj_mention_menu_new (FALSE);
  gtk_widget_set_parent (GTK_WIDGET (self->menu), GTK_WIDGET (self));
  self->hint = yj_mention_hint_new ();
  gtk_widget_set_parent (GTK_WIDGET (self->hint), GTK_WIDGET (self));
  g_signal_connect_object (self->menu, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  self->chip_menu = yj_mention_menu_new (TRUE);
  gtk_widget_set_parent (GTK_WIDGET (self->chip_menu), GTK_WIDGET (self));
  g_signal_connect_object (self->chip_menu, "chosen", G_CALLBACK (change_chip), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->chip_menu, "removed", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_object (focus, "leave", G_CALLBACK (hide), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

/**
 * yj_mention_view_offer:
 * @self: an editor
 *
 * Types the sign that offers the files, where the cursor is.
 */
void
yj_mention_view_offer (YjMentionView *self)
{
  GtkTextIter iter;
  gboolean joined;

  g_return_if_fail (YJ_IS_MENTION_VIEW (self));

  gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_text_buffer_get_iter_at_mark (self->buffer, &iter, gtk_text_buffer_get_insert (self->buffer));
  joined = gtk_text_iter_backward_char (&iter) && gtk_text_iter_get_char (&iter) < 0x80 &&
           g_ascii_isalnum (gtk_text_iter_get_char (&iter));
  yj_mention_view_insert (self, joined ? " @" : "@");
}
