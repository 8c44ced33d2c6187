/* SPDX-License-Identifier: GPL-3.0-or-later */
/* drag-source FILE…: a window of another program from which the files can be dragged, as from a file manager.
   drag-source KIND=FILE…: one from which something can be dragged that is offered in several ways, as from a browser: KIND is
   a MIME type that the file holds, or "texture" for a picture without a file. Ctrl+C copies the same, and says so.
   With HELD=1 in the environment it says when that is asked for, and gives it after SIGUSR1. */
#include <glib-unix.h>
#include <gtk/gtk.h>
#include <signal.h>
#include <string.h>

/* ---- what is given late */
static GPtrArray *held;         /* of GTask */

#define TYPE_HELD_PROVIDER (held_provider_get_type ())
G_DECLARE_FINAL_TYPE (HeldProvider, held_provider, HELD, PROVIDER, GdkContentProvider)
struct _HeldProvider { GdkContentProvider parent_instance; GdkContentProvider *of; };
G_DEFINE_FINAL_TYPE (HeldProvider, held_provider, GDK_TYPE_CONTENT_PROVIDER)

static GdkContentFormats *
ref_formats (GdkContentProvider *provider)
{
  return gdk_content_provider_ref_storable_formats (HELD_PROVIDER (provider)->of);
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (gdk_content_provider_write_mime_type_finish (GDK_CONTENT_PROVIDER (object), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
write_async (GdkContentProvider  *provider,
             const char          *mime_type,
             GOutputStream       *stream,
             int                  priority,
             GCancellable        *cancellable,
             GAsyncReadyCallback  callback,
             gpointer             user_data)
{
  GTask *task = g_task_new (provider, cancellable, callback, user_data);

  g_task_set_task_data (task, g_object_ref (stream), g_object_unref);
  g_object_set_data_full (G_OBJECT (task), "type", g_strdup (mime_type), g_free);
  g_ptr_array_add (held, task);
  g_print ("asked\n");
}

static gboolean
write_finish (GdkContentProvider  *provider,
              GAsyncResult        *result,
              GError             **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
give_cb (gpointer user_data)
{
  for (guint i = 0; i < held->len; i++)
    {
      GTask *task = held->pdata[i];

      gdk_content_provider_write_mime_type_async (HELD_PROVIDER (g_task_get_source_object (task))->of,
                                                  g_object_get_data (G_OBJECT (task), "type"), g_task_get_task_data (task),
                                                  G_PRIORITY_DEFAULT, NULL, written_cb, task);
    }
  g_ptr_array_set_size (held, 0);
  return G_SOURCE_CONTINUE;
}

static void
held_provider_class_init (HeldProviderClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  provider_class->ref_formats = ref_formats;
  provider_class->write_mime_type_async = write_async;
  provider_class->write_mime_type_finish = write_finish;
}

static void
held_provider_init (HeldProvider *self)
{
}

static GdkContentProvider *
hold (GdkContentProvider *of)
{
  HeldProvider *self = g_object_new (TYPE_HELD_PROVIDER, NULL);

  self->of = of;
  return GDK_CONTENT_PROVIDER (self);
}

/* ---- what is given at once */

static GdkContentProvider *
new_provider (const char *word)
{
  const char *path = strchr (word, '=') + 1;
  g_autofree char *kind = g_strndup (word, path - 1 - word), *data = NULL;
  g_autoptr(GdkTexture) texture = NULL;
  g_autoptr(GBytes) bytes = NULL;
  gsize length;

  if (g_str_equal (kind, "texture"))
    {
      texture = gdk_texture_new_from_filename (path, NULL);
      return gdk_content_provider_new_typed (GDK_TYPE_TEXTURE, texture);
    }
  if (!g_file_get_contents (path, &data, &length, NULL))
    g_error ("%s cannot be read", path);
  bytes = g_bytes_new_take (g_steal_pointer (&data), length);
  return gdk_content_provider_new_for_bytes (kind, bytes);
}

static GdkContentProvider *
prepare_cb (GtkDragSource *source,
            double         x,
            double         y,
            gpointer       user_data)
{
  char **paths = user_data;
  GSList *files = NULL;
  GdkFileList *list;
  GdkContentProvider *provider;

  if (*paths[0] != '/' && strchr (paths[0], '=') != NULL)
    {
      g_autoptr(GPtrArray) ways = g_ptr_array_new ();

      for (guint i = 0; paths[i] != NULL; i++)
        g_ptr_array_add (ways, new_provider (paths[i]));
      provider = gdk_content_provider_new_union ((GdkContentProvider **) ways->pdata, ways->len);
      return held != NULL ? hold (provider) : provider;
    }

  for (guint i = 0; paths[i] != NULL; i++)
    files = g_slist_append (files, g_file_new_for_commandline_arg (paths[i]));
  list = gdk_file_list_new_from_list (files);
  provider = gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, list);
  g_boxed_free (GDK_TYPE_FILE_LIST, list);
  g_slist_free_full (files, g_object_unref);

  return provider;
}

static gboolean
copy_cb (GtkWidget *widget,
         GVariant  *parameter,
         gpointer   user_data)
{
  g_autoptr(GdkContentProvider) provider = prepare_cb (NULL, 0, 0, user_data);

  gdk_clipboard_set_content (gtk_widget_get_clipboard (widget), provider);
  g_print ("copied\n");
  return TRUE;
}

/* Says that the other side has taken what it wanted, or refused: only then may this program end. */
static void
drag_end_cb (GtkDragSource *source,
             GdkDrag       *drag,
             gboolean       delete_data,
             gpointer       user_data)
{
  g_print ("over\n");
}

int
main (int   argc,
      char *argv[])
{
  GtkWidget *window;
  GtkWidget *label;
  GtkDragSource *source;
  GtkEventController *keys;

  if (argc < 2)
    return 2;

  gtk_init ();
  if (g_getenv ("HELD") != NULL)
    {
      held = g_ptr_array_new ();
      g_unix_signal_add (SIGUSR1, give_cb, NULL);
    }
  window = gtk_window_new ();
  label = gtk_label_new (argv[1]);
  source = gtk_drag_source_new ();
  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), argv + 1);
  g_signal_connect (source, "drag-end", G_CALLBACK (drag_end_cb), NULL);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_START);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_vexpand (label, TRUE);
  gtk_widget_add_controller (label, GTK_EVENT_CONTROLLER (source));
  keys = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (keys), GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Control>c"), gtk_callback_action_new (copy_cb, argv + 1, NULL)));
  gtk_widget_add_controller (window, keys);
  gtk_window_set_title (GTK_WINDOW (window), "drag-source");
  gtk_window_set_default_size (GTK_WINDOW (window), 160, 120);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_child (GTK_WINDOW (window), label);
  gtk_window_present (GTK_WINDOW (window));
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);

  return 0;
}
