/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that cannot be had any more: looked for when the window is turned to again, and what is done about them. */
#define G_LOG_DOMAIN "yj-reference-panel"

#include "yj-reference-panel-private.h"

#include <glib/gi18n.h>

static YjDraftFile *
find_file (YjReferencePanel *self,
           GVariant         *id)
{
  return self->draft != NULL ? yj_draft_find_file (self->draft, g_variant_get_string (id, NULL), NULL) : NULL;
}

static void
replace_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  YjReferencePanel *self = YJ_REFERENCE_PANEL (widget);
  YjDraftFile *file = find_file (self, parameter);
  int role = file != NULL ? yj_draft_find_place (self->draft, file, NULL) : -1;

  if (role >= 0)
    yj_reference_panel_choose (self, role, file);
}

static void
remove_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  YjReferencePanel *self = YJ_REFERENCE_PANEL (widget);
  YjDraftFile *file = find_file (self, parameter);

  if (file != NULL)
    yj_reference_panel_remove_file (self, file);
}

static void
lost_cb (YjReferencePanel *self,
         YjDraftFile      *file)
{
  const char *name = yj_draft_file_get_name (file);
  g_autofree char *text = NULL;

  if (yj_draft_file_get_state (file) == YJ_FILE_UNUSABLE)
    /* translators: %s: a file name; spoken */
    text = g_strdup_printf (_("“%s” was changed, and cannot be used any more"), name);
  else
    /* translators: %s: a file name; spoken */
    text = g_strdup_printf (_("“%s” cannot be had any more"), name);

  gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
active_cb (YjReferencePanel *self,
           GParamSpec       *pspec,
           GtkWindow        *window)
{
  if (gtk_window_is_active (window) && window == GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))))
    yj_file_watch_look (self->watch);
}

static void
root_cb (YjReferencePanel *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (GTK_IS_WINDOW (root))
    g_signal_connect_object (root, "notify::is-active", G_CALLBACK (active_cb), self, G_CONNECT_SWAPPED);
}

void
yj_reference_panel_install_lost (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "panel.replace-file", "s", replace_action);
  gtk_widget_class_install_action (widget_class, "panel.remove-file", "s", remove_action);
}

void
yj_reference_panel_init_lost (YjReferencePanel *self)
{
  self->watch = yj_file_watch_new ();
  g_signal_connect_object (self->watch, "lost", G_CALLBACK (lost_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::root", G_CALLBACK (root_cb), NULL);
  g_signal_connect_object (self, "map", G_CALLBACK (yj_file_watch_look), self->watch, G_CONNECT_SWAPPED);
}

/**
 * yj_reference_panel_look_again:
 * @self: a panel
 *
 * Looks whether the files are still what they were: where nothing tells of changes, such as on a disk of the network,
 * they are found before the files are used.
 */
void
yj_reference_panel_look_again (YjReferencePanel *self)
{
  g_return_if_fail (YJ_IS_REFERENCE_PANEL (self));

  yj_file_watch_look (self->watch);
}
