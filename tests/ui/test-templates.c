/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes every widget that has a template once, puts it on screen, and sees it go again: a misspelt property, a
   missing child or handler, or a leak fails. The templates are found in the bundles, so none can be forgotten. */
#include <adwaita.h>

#include "yj-about.h"
#include "yj-shortcuts-dialog.h"
#include "yj-window.h"

#define TEMPLATES "/ai/opencomputing/Yuanjing/ui/"

/* The class that a .ui file is the template of; NULL: of none of ours. */
static char *
dup_class (const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  g_autoptr(GRegex) regex = g_regex_new ("<template class=\"(Yj\\w+)\"", 0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;

  g_assert_no_error (error);
  if (!g_regex_match_full (regex, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), 0, 0, &match, NULL))
    return NULL;

  return g_match_info_fetch (match, 1);
}

static void
tick (void)
{
  for (int i = 0; i < 20; i++)
    g_main_context_iteration (NULL, FALSE);
}

static void
let_go (gpointer  object,
        gpointer *weak)
{
  g_object_unref (object);
  tick ();
  g_assert_null (*weak);
}

static GtkWidget *
new_window (void)
{
  GtkWidget *window = adw_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 800, 600);
  gtk_window_present (GTK_WINDOW (window));

  return window;
}

static void
test_template (gconstpointer data)
{
  g_autoptr(GtkBuilder) builder = gtk_builder_new ();
  GType type = gtk_builder_get_type_from_name (builder, data);
  gpointer weak;
  GObject *object;

  g_assert_cmpuint (type, !=, G_TYPE_INVALID);
  object = g_object_new (type, NULL);
  weak = object;
  if (g_type_is_a (type, GTK_TYPE_WINDOW))
    {
      g_object_ref (object);
      g_object_add_weak_pointer (object, &weak);
      gtk_window_present (GTK_WINDOW (object));
      tick ();
      gtk_window_destroy (GTK_WINDOW (object));
    }
  else
    {
      GtkWidget *window = new_window ();

      g_object_ref_sink (object);
      g_object_add_weak_pointer (object, &weak);
      if (ADW_IS_DIALOG (object))
        adw_dialog_present (ADW_DIALOG (object), window);
      else
        adw_window_set_content (ADW_WINDOW (window), GTK_WIDGET (object));
      tick ();
      if (ADW_IS_DIALOG (object))
        adw_dialog_force_close (ADW_DIALOG (object));
      tick ();
      gtk_window_destroy (GTK_WINDOW (window));
    }
  let_go (object, &weak);
}

static void
test_plain_dialogs (void)
{
  GtkWidget *window = new_window ();

  adw_dialog_present (yj_about_new (), window);
  adw_dialog_present (yj_shortcuts_dialog_new (), window);
  tick ();
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What is not open yet has not failed. */
static void
test_window_waits (void)
{
  GtkWidget *window = g_object_new (YJ_TYPE_WINDOW, NULL);
  GObject *root = gtk_widget_get_template_child (window, YJ_TYPE_WINDOW, "root");

  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (root)), ==, "loading");
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  g_auto(GStrv) names = g_resources_enumerate_children (TEMPLATES, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_assert_nonnull (names);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (TEMPLATES, names[i], NULL);
      g_autofree char *class_name = g_str_has_suffix (path, ".ui") ? dup_class (path) : NULL;

      if (class_name != NULL)
        {
          g_autofree char *name = g_strconcat ("/templates/", class_name, NULL);
          g_test_add_data_func_full (name, g_strdup (class_name), test_template, g_free);
        }
    }
  g_test_add_func ("/templates/plain-dialogs", test_plain_dialogs);
  g_test_add_func ("/templates/window-waits", test_window_waits);

  return g_test_run ();
}
