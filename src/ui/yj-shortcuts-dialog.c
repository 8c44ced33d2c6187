/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-shortcuts-dialog"

#include "yj-shortcuts-dialog.h"

#include <glib/gi18n.h>

typedef struct
{
  const char *group;            /* begins a new group, or NULL */
  const char *title;
  const char *keys[3];          /* as gtk_accelerator_parse () takes them */
} Shortcut;

static const Shortcut shortcuts[] = {
  { N_("General"), N_("Chat"), { "<Control>1" } },
  { NULL, N_("Create"), { "<Control>2" } },
  { NULL, N_("Gallery"), { "<Control>3" } },
  { NULL, N_("Main Menu"), { "F10" } },
  { NULL, N_("Usage"), { "<Control>u" } },
  { NULL, N_("Preferences"), { "<Control>comma" } },
  { NULL, N_("Keyboard Shortcuts"), { "<Control>question" } },
  { NULL, N_("Close"), { "<Control>w" } },
  { NULL, N_("Quit"), { "<Control>q" } },
  { N_("Chat"), N_("New Chat"), { "<Control>n" } },
  { NULL, N_("Send, or break the line, as chosen in the preferences"), { "Return", "<Shift>Return" } },
  { NULL, N_("Send in either case"), { "<Control>Return" } },
  { NULL, N_("What was asked before, in an empty box"), { "Up" } },
  { NULL, N_("Saved Prompts"), { "<Control>p", "slash" } },
  { NULL, N_("Attach Text Files"), { "<Control>o" } },
  { NULL, N_("Scroll, while nothing is typed"), { "Page_Up", "Page_Down" } },
  { NULL, N_("First or last message, while nothing is typed"), { "Home", "End" } },
  { NULL, N_("Remove what waits, then stop the answer"), { "Escape" } },
  { NULL, N_("Previous or next version of a message"), { "<Alt>Left", "<Alt>Right" } },
  { NULL, N_("Edit the question in focus"), { "F2" } },
  { NULL, N_("New answer to the message in focus"), { "<Control>r" } },
  { NULL, N_("Delete the message in focus"), { "Delete" } },
  { NULL, N_("Move a waiting message"), { "<Control>Left", "<Control>Right" } },
  { NULL, N_("Search Conversations"), { "<Control>k" } },
  { NULL, N_("Find in Conversation"), { "<Control>f" } },
  { NULL, N_("Next or Previous Hit"), { "<Control>g", "<Control><Shift>g" } },
  { NULL, N_("Previous or next message"), { "<Alt>Up", "<Alt>Down" } },
  { NULL, N_("First or last message"), { "Home", "End" } },
  { NULL, N_("Scroll by a page"), { "Page_Up", "Page_Down" } },
  { NULL, N_("Menu of the message"), { "Menu", "<Shift>F10" } },
  { NULL, N_("Copy what is selected, else the message"), { "<Control>c" } },
  { NULL, N_("Select the whole conversation, or nothing"), { "<Control>a", "<Control><Shift>a" } },
  { NULL, N_("Select letters"), { "<Shift>Left", "<Shift>Right" } },
  { NULL, N_("Select words"), { "<Control><Shift>Left", "<Control><Shift>Right" } },
  { NULL, N_("Select lines"), { "<Shift>Up", "<Shift>Down" } },
  { NULL, N_("Select to the beginning or end of the line"), { "<Shift>Home", "<Shift>End" } },
  { NULL, N_("Select to the beginning or end of the conversation"), { "<Control><Shift>Home", "<Control><Shift>End" } },
  { NULL, N_("Rename, pin or throw away the selected conversation"), { "F2", "<Control>p", "Delete" } },
  { N_("Create"), N_("Generate"), { "<Control>Return" } },
  { NULL, N_("Add Files"), { "<Control>o" } },
  { NULL, N_("Mention a Reference"), { "at" } },
  { NULL, N_("Look at a reference"), { "space", "Return" } },
  { NULL, N_("Look closer, less close, at all of it"), { "plus", "minus", "0" } },
  { NULL, N_("Move a reference earlier or later"), { "<Alt>Left", "<Alt>Right" } },
  { NULL, N_("Remove a reference, or bring it back"), { "Delete", "<Control>z" } },
  { NULL, N_("Earlier prompts"), { "<Alt>Up", "<Alt>Down" } },
  { NULL, N_("Saved recipes, or save one"), { "<Control>p", "<Control>s" } },
  { NULL, N_("Rename or delete the recipe in focus"), { "F2", "Delete" } },
  { NULL, N_("Undo or redo in the prompt"), { "<Control>z", "<Control><Shift>z" } },
  { NULL, N_("Send a waiting job earlier or later"), { "<Alt>Down", "<Alt>Up" } },
  { NULL, N_("New Draft"), { "<Control>n" } },
  { NULL, N_("Duplicate the Draft"), { "<Control>d" } },
  { NULL, N_("Rename the Draft"), { "F2" } },
  { NULL, N_("Close the Draft"), { "<Control><Shift>w" } },
  { NULL, N_("Next or Previous Draft"), { "<Control>Page_Down", "<Control>Page_Up" } },
  { NULL, N_("Move the Draft"), { "<Control><Shift>Page_Down", "<Control><Shift>Page_Up" } },
  { N_("Gallery"), N_("Search"), { "<Control>f" } },
  { NULL, N_("Open"), { "Return" } },
  { NULL, N_("First or last video"), { "Home", "End" } },
  { NULL, N_("Select, or all"), { "space", "<Control>a" } },
  { NULL, N_("Select on the way"), { "<Shift>Left", "<Shift>Right" } },
  { NULL, N_("End Selection"), { "Escape" } },
  { NULL, N_("Copy the videos"), { "<Control>c" } },
  { NULL, N_("Favorite"), { "<Control>d" } },
  { NULL, N_("Tags"), { "<Control>t" } },
  { NULL, N_("Compare the Selected Videos"), { "<Control>e" } },
  { NULL, N_("Join the Selected Videos"), { "<Control>j" } },
  { NULL, N_("Move a video to be joined earlier or later"), { "<Alt>Up", "<Alt>Down" } },
  { NULL, N_("Menu"), { "Menu", "<Shift>F10" } },
  { NULL, N_("Delete"), { "Delete" } },
  { NULL, N_("Larger or smaller pictures"), { "<Control>plus", "<Control>minus" } },
  { N_("Player"), N_("Play or Pause"), { "space" } },
  { NULL, N_("Back or Forward by a Second"), { "Left", "Right" } },
  { NULL, N_("Louder or Quieter"), { "Up", "Down" } },
  { NULL, N_("Back or Forward by a Frame"), { "comma", "period" } },
  { NULL, N_("First or Last Frame"), { "Home", "End" } },
  { NULL, N_("Loop"), { "l" } },
  { NULL, N_("Loop from Here or up to Here"), { "i", "o" } },
  { NULL, N_("Loop All Again"), { "x" } },
  { NULL, N_("Slower or Faster"), { "bracketleft", "bracketright" } },
  { NULL, N_("Normal Speed"), { "equal" } },
  { NULL, N_("Mute"), { "m" } },
  { NULL, N_("Full Screen"), { "f", "F11" } },
  { NULL, N_("Copy the video or the frame"), { "<Control>c", "<Control><Shift>c" } },
  { N_("Compare"), N_("Beside each other, one over the other"), { "t", "w" } },
  { NULL, N_("One at a time, then the next"), { "b" } },
  { NULL, N_("Show and hear one of them"), { "1", "2", "3" } },
  { NULL, N_("Move the border"), { "<Shift>Left", "<Shift>Right" } },
  { NULL, N_("Swap the sides"), { "s" } },
  { NULL, N_("Choose the one that is heard"), { "p" } },
};

static GtkWidget *
new_key (const char *accelerator)
{
  guint key;
  GdkModifierType modifiers;
  g_autofree char *text = NULL;
  GtkWidget *label;

  if (!gtk_accelerator_parse (accelerator, &key, &modifiers))
    g_return_val_if_reached (NULL);
  text = gtk_accelerator_get_label (key, modifiers);
  label = gtk_label_new (text);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (label, "yj-key");

  return label;
}

/**
 * yj_shortcuts_dialog_new:
 *
 * Returns: (transfer floating): a dialog with all keys of the program, by place
 */
AdwDialog *
yj_shortcuts_dialog_new (void)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      GtkWidget *row = adw_action_row_new ();

      if (shortcuts[i].group != NULL)
        {
          group = adw_preferences_group_new ();
          adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _(shortcuts[i].group));
          adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
        }
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(shortcuts[i].title));
      for (guint j = 0; j < G_N_ELEMENTS (shortcuts[i].keys) && shortcuts[i].keys[j] != NULL; j++)
        adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_key (shortcuts[i].keys[j]));
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_dialog_set_title (dialog, _("Keyboard Shortcuts"));
  adw_dialog_set_child (dialog, view);
  adw_dialog_set_content_width (dialog, 520);
  adw_dialog_set_content_height (dialog, 640);

  return dialog;
}
