/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The prompts that were generated before in the mode at hand, in a menu and by Alt+Up and Alt+Down. */
#define G_LOG_DOMAIN "yj-create-prompt"

#include "yj-create-prompt-private.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_ENTRIES 60
#define MAX_SHOWN 120           /* characters of a prompt in the menu */

/* Each prompt once, the newest first; names in it are mentions where such files are attached now. */
static GStrv
list_entries (YjCreatePrompt *self)
{
  g_autoptr(GStrvBuilder) entries = g_strv_builder_new ();
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GListModel *jobs = self->session != NULL ? G_LIST_MODEL (yj_session_get_queue (self->session)) : NULL;
  guint n = jobs != NULL ? g_list_model_get_n_items (jobs) : 0;

  for (guint i = 0; i < n && g_hash_table_size (seen) < MAX_ENTRIES; i++)
    {
      g_autoptr(YjJob) job = g_list_model_get_item (jobs, i);
      const char *prompt = yj_job_get_prompt (job);

      if (prompt == NULL || *prompt == '\0' || yj_job_get_mode (job) != yj_model_get_mode (yj_draft_get_model (self->draft)) ||
          !g_hash_table_add (seen, (gpointer) prompt))
        continue;
      g_strv_builder_take (entries, yj_draft_dup_bound (self->draft, prompt));
    }

  return g_strv_builder_end (entries);
}

/* ---- by keys */

static void
step (YjCreatePrompt *self,
      int             by)
{
  const char *now = yj_draft_get_prompt_source (self->draft), *to;
  YjMode mode = yj_model_get_mode (yj_draft_get_model (self->draft));

  if (self->history == NULL || mode != self->history_mode || !yj_prompt_history_is_begun (self->history))
    {
      g_auto(GStrv) entries = list_entries (self);

      g_clear_object (&self->history);
      self->history = yj_prompt_history_new (entries);
      self->history_mode = mode;
    }
  to = yj_prompt_history_step (self->history, by, now);
  /* what is there already is no step */
  if (to != NULL && g_str_equal (to, now))
    to = yj_prompt_history_step (self->history, by, now);
  if (to != NULL)
    yj_draft_set_prompt_source (self->draft, to);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
}

/* Nothing is generated from a word in the making: the keys for that are the input method's then. */
static gboolean
is_early_generate (YjCreatePrompt  *self,
                   guint            key,
                   GdkModifierType  held)
{
  return (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter) && held == GDK_CONTROL_MASK &&
         yj_mention_view_is_composing (self->view);
}

/* Up in an empty box is enough, as in the chat. */
gboolean
yj_create_prompt_handle_key (YjCreatePrompt        *self,
                             guint                  key,
                             guint                  code,
                             GdkModifierType        modifiers,
                             GtkEventControllerKey *controller)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));
  gboolean up = key == GDK_KEY_Up || key == GDK_KEY_KP_Up, down = key == GDK_KEY_Down || key == GDK_KEY_KP_Down;
  GdkModifierType held = modifiers & gtk_accelerator_get_default_mod_mask ();

  if (is_early_generate (self, key, held))
    {
      gtk_text_view_im_context_filter_keypress (GTK_TEXT_VIEW (self->view), event);
      return TRUE;
    }
  if (self->draft == NULL || (!up && !down) ||
      (held != GDK_ALT_MASK && !(held == 0 && up && yj_mention_view_is_empty (self->view))))
    return FALSE;
  /* First the input method: in its list of words these keys choose. */
  if (gtk_text_view_im_context_filter_keypress (GTK_TEXT_VIEW (self->view), event))
    return TRUE;

  step (self, up ? 1 : -1);
  return TRUE;
}

/* ---- the menu */

static void
row_activated_cb (YjCreatePrompt *self,
                  GtkListBoxRow  *row)
{
  const char *source = g_object_get_data (G_OBJECT (row), "source");
  g_autofree char *kept = g_strdup (source);

  gtk_menu_button_popdown (self->history_button);
  if (kept != NULL && self->draft != NULL)
    yj_draft_set_prompt_source (self->draft, kept);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
add_entry (YjCreatePrompt *self,
           const char     *source)
{
  g_autofree char *plain = yj_prompt_text_to_plain (source);
  g_autofree char *line = g_strstrip (g_strdelimit (g_strdup (plain), "\r\n\t", ' '));
  g_autofree char *start = g_utf8_strlen (line, -1) > MAX_SHOWN ? g_utf8_substring (line, 0, MAX_SHOWN) : g_strdup (line);
  GtkWidget *row = gtk_list_box_row_new (), *label = gtk_label_new (start);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), 2);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), 30);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 30);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  g_object_set_data_full (G_OBJECT (row), "source", g_strdup (source), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, start, -1);
  gtk_list_box_append (self->history_list, row);
}

/* Empties the list of a menu; @text says what will be there. Each time: what it said goes with the rows. */
void
yj_create_prompt_clear_list (GtkListBox *list,
                             const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 30);
  gtk_widget_set_margin_top (label, 12);
  gtk_widget_set_margin_bottom (label, 12);
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_end (label, 12);
  gtk_widget_add_css_class (label, "dimmed");
  gtk_list_box_remove_all (list);
  gtk_list_box_set_placeholder (list, label);
}

/* Before it opens, so that the keyboard finds what to stand on. */
static void
fill_cb (GtkMenuButton *button,
         gpointer       user_data)
{
  YjCreatePrompt *self = user_data;
  g_auto(GStrv) entries = self->draft != NULL ? list_entries (self) : g_new0 (char *, 1);

  yj_create_prompt_clear_list (self->history_list, _("Prompts that you generate with appear here, for each of the three modes."));
  for (guint i = 0; entries[i] != NULL; i++)
    add_entry (self, entries[i]);
}

void
yj_create_prompt_init_history (YjCreatePrompt *self)
{
  GtkWidget *popover = gtk_popover_new (), *scroller = gtk_scrolled_window_new ();

  self->history_list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->history_list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->history_list), "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->history_list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Earlier Prompts"), -1);
  g_signal_connect_object (self->history_list, "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 320);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->history_list));
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  gtk_widget_add_css_class (popover, "menu");
  gtk_popover_set_position (GTK_POPOVER (popover), GTK_POS_BOTTOM);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  gtk_menu_button_set_create_popup_func (self->history_button, fill_cb, self, NULL);
  gtk_menu_button_set_popover (self->history_button, popover);
}
