/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A slash in an empty box offers the saved prompts. */
#define G_LOG_DOMAIN "yj-composer"

#include <string.h>

#include "yj-composer-private.h"

#define MAX_SOUGHT 40           /* characters */

static void
chosen_cb (YjComposer *self,
           YjPrompt   *prompt)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  gtk_text_buffer_delete (self->buffer, &start, &end);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  g_signal_emit_by_name (self, "prompt", prompt);
}

/* What is sought when all that is written is a slash and a part of a name. */
static char *
dup_sought (YjComposer *self)
{
  int n = gtk_text_buffer_get_char_count (self->buffer);
  g_autofree char *text = NULL;

  if (n == 0 || n > MAX_SOUGHT || yj_composer_get_cursor (self) != n)
    return NULL;
  text = yj_composer_dup_text (self);
  if (*text != '/' || strpbrk (text, " \n\t") != NULL)
    return NULL;
  return g_strdup (text + 1);
}

void
yj_composer_offer_prompts (YjComposer *self)
{
  g_autofree char *sought = dup_sought (self);

  if (sought != NULL || gtk_widget_get_visible (GTK_WIDGET (self->menu)))
    yj_prompt_menu_offer (self->menu, gtk_widget_has_focus (GTK_WIDGET (self->view)) ? sought : NULL);
}

/* Whether the key was meant for the menu. */
gboolean
yj_composer_handle_menu (YjComposer            *self,
                         guint                  key,
                         GtkEventControllerKey *controller)
{
  if (!gtk_widget_get_visible (GTK_WIDGET (self->menu)))
    return FALSE;
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
      break;
    default:
      return FALSE;
    }
  /* First the input method, as everywhere. */
  if (gtk_text_view_im_context_filter_keypress (self->view, gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller))))
    return TRUE;
  if (key == GDK_KEY_Escape)
    yj_prompt_menu_offer (self->menu, NULL);
  else if (key == GDK_KEY_Up || key == GDK_KEY_KP_Up)
    yj_prompt_menu_move (self->menu, -1);
  else if (key == GDK_KEY_Down || key == GDK_KEY_KP_Down)
    yj_prompt_menu_move (self->menu, 1);
  else
    yj_prompt_menu_choose (self->menu);
  return TRUE;
}

static void
focus_left_cb (YjComposer *self)
{
  yj_prompt_menu_offer (self->menu, NULL);
}

void
yj_composer_init_prompts (YjComposer *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->menu = yj_prompt_menu_new ();
  gtk_widget_set_parent (GTK_WIDGET (self->menu), GTK_WIDGET (self->view));
  g_signal_connect_object (self->menu, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (focus_left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), focus);
}

/**
 * yj_composer_set_prompts:
 * @self: a composer
 * @prompts: a model of [class@Yj.Prompt], to be offered
 */
void
yj_composer_set_prompts (YjComposer *self,
                         GListModel *prompts)
{
  g_return_if_fail (YJ_IS_COMPOSER (self));

  yj_prompt_menu_set_prompts (self->menu, prompts);
}
