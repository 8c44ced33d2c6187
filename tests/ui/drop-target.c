/* SPDX-License-Identifier: GPL-3.0-or-later */
/* drop-target: a window of another program onto which files can be dropped, as onto a file manager or a chat program.
   Prints what it was offered and what it read, a line each: "type MIME", "file PATH", "uri URI", and at last "over". */
#include <gtk/gtk.h>

static void
spliced_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GdkDrop) drop = user_data;
  gssize length = g_output_stream_splice_finish (G_OUTPUT_STREAM (object), result, NULL);
  g_autofree char *text = length > 0 ? g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (object)), length) : NULL;
  g_auto(GStrv) uris = text != NULL ? g_uri_list_extract_uris (text) : NULL;

  for (char **uri = uris; uri != NULL && *uri != NULL; uri++)
    g_print ("uri %s\n", *uri);
  gdk_drop_finish (drop, text != NULL ? GDK_ACTION_COPY : 0);
  g_print ("over\n");
}

static void
uris_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  GdkDrop *drop = GDK_DROP (object);
  g_autoptr(GInputStream) stream = gdk_drop_read_finish (drop, result, NULL, NULL);
  g_autoptr(GOutputStream) text = g_memory_output_stream_new_resizable ();

  if (stream != NULL)
    {
      g_output_stream_splice_async (text, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, G_PRIORITY_DEFAULT, NULL, spliced_cb,
                                    g_object_ref (drop));
      return;
    }
  gdk_drop_finish (drop, 0);
  g_print ("over\n");
}

static void
files_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  static const char *mime_types[] = { "text/uri-list", NULL };
  GdkDrop *drop = GDK_DROP (object);
  const GValue *value = gdk_drop_read_value_finish (drop, result, NULL);
  g_autoptr(GSList) files = value != NULL ? gdk_file_list_get_files (g_value_get_boxed (value)) : NULL;

  for (GSList *l = files; l != NULL; l = l->next)
    g_print ("file %s\n", g_file_peek_path (l->data));
  gdk_drop_read_async (drop, mime_types, G_PRIORITY_DEFAULT, NULL, uris_cb, NULL);
}

static gboolean
drop_cb (GtkDropTargetAsync *target,
         GdkDrop            *drop,
         double              x,
         double              y,
         gpointer            user_data)
{
  const char * const *types = gdk_content_formats_get_mime_types (gdk_drop_get_formats (drop), NULL);

  for (; types != NULL && *types != NULL; types++)
    g_print ("type %s\n", *types);
  gdk_drop_read_value_async (drop, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL, files_cb, NULL);

  return TRUE;
}

int
main (int   argc,
      char *argv[])
{
  GtkWidget *window;
  GtkWidget *label;
  GtkDropTargetAsync *target;

  gtk_init ();
  window = gtk_window_new ();
  label = gtk_label_new ("drop-target");
  target = gtk_drop_target_async_new (gdk_content_formats_new_for_gtype (GDK_TYPE_FILE_LIST), GDK_ACTION_COPY);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), NULL);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_vexpand (label, TRUE);
  gtk_widget_add_controller (label, GTK_EVENT_CONTROLLER (target));
  gtk_window_set_title (GTK_WINDOW (window), "drop-target");
  gtk_window_set_default_size (GTK_WINDOW (window), 160, 120);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_child (GTK_WINDOW (window), label);
  gtk_window_present (GTK_WINDOW (window));
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);

  return 0;
}
