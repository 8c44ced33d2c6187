/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the clipboard holds becomes references: files, or a picture that becomes a file. */
#define G_LOG_DOMAIN "yj-reference-panel"

#include "yj-reference-panel-private.h"

#include <glib/gi18n.h>

#include "yj-attach-look.h"
#include "yj-mention-view.h"
#include "yj-web-drop.h"
#include "yj-window.h"

/* ---- a picture without a file */
static void
save_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GdkTexture *texture = task_data;
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *base = g_strdup_printf ("picture-%.8s.png", uuid);
  g_autoptr(GFile) folder = yj_attach_look_dup_folder (), file = g_file_get_child (folder, base);
  g_autoptr(GBytes) png = gdk_texture_save_to_png_bytes (texture);
  GError *error = NULL;

  g_mkdir_with_parents (g_file_peek_path (folder), 0700);
  if (g_file_replace_contents (file, g_bytes_get_data (png, NULL), g_bytes_get_size (png), NULL, FALSE,
                               G_FILE_CREATE_PRIVATE, NULL, cancellable, &error))
    g_task_return_pointer (task, g_steal_pointer (&file), g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  YjReferencePanel *self = YJ_REFERENCE_PANEL (object);
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) file = g_task_propagate_pointer (G_TASK (result), &error);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr(YjAttachAim) aim = user_data;

  if (file != NULL)
    yj_attacher_add_address (self->attacher, NULL, file, aim);
  else if (YJ_IS_WINDOW (root))
    yj_window_show_error (YJ_WINDOW (root), error);
  if (self->attacher != NULL)
    yj_attacher_release (self->attacher);
}

void
yj_reference_panel_take_texture (YjReferencePanel  *self,
                                 GdkTexture        *texture,
                                 const YjAttachAim *aim)
{
  g_autoptr(GTask) task = g_task_new (self, self->cancellable, saved_cb, yj_attach_aim_copy (aim));

  g_task_set_source_tag (task, yj_reference_panel_take_texture);
  g_task_set_task_data (task, g_object_ref (texture), g_object_unref);
  yj_attacher_hold (self->attacher);
  g_task_run_in_thread (task, save_thread);
}

/* ---- the clipboard */
#define MAX_LINES 200

typedef struct
{
  YjReferencePanel *panel;      /* owned */
  YjAttachAim      *aim;
} Paste;

static Paste *
paste_new (YjReferencePanel  *self,
           const YjAttachAim *aim)
{
  Paste *paste = g_new0 (Paste, 1);

  paste->panel = g_object_ref (self);
  paste->aim = yj_attach_aim_copy (aim);
  return paste;
}

static void
paste_free (Paste *paste)
{
  g_object_unref (paste->panel);
  yj_attach_aim_free (paste->aim);
  g_free (paste);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Paste, paste_free)

/* Addresses of files, or whole paths as one copies them from a terminal, one to a line; NULL when there is anything else. */
static GSList *
list_files_of_text (const char *text)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", MAX_LINES + 1);
  GSList *files = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = g_strstrip (lines[i]);

      if (*line == '\0')
        continue;
      if (i == MAX_LINES || (!g_str_has_prefix (line, "file:///") && *line != '/'))
        {
          g_slist_free_full (files, g_object_unref);
          return NULL;
        }
      files = g_slist_prepend (files, *line == '/' ? g_file_new_for_path (line) : g_file_new_for_uri (line));
    }

  return g_slist_reverse (files);
}

static void
text_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(Paste) pasted = user_data;
  YjReferencePanel *self = pasted->panel;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (object), result, &error);
  g_autofree char *address = yj_web_drop_dup_address_of_text (text);
  GSList *files = text != NULL && address == NULL ? list_files_of_text (text) : NULL;

  if (address != NULL)
    yj_attacher_add_address (self->attacher, address, NULL, pasted->aim);
  else if (files != NULL)
    yj_attacher_add_to (self->attacher, files, pasted->aim);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    yj_reference_panel_say (self, _("The clipboard holds only text. Copy a picture, files, or the address of a picture."));
  g_slist_free_full (files, g_object_unref);
}

/* A piece of a page: the picture in it, else what stands there. */
static void
value_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(Paste) pasted = user_data;
  YjReferencePanel *self = pasted->panel;
  g_autoptr(GError) error = NULL;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (object), result, &error);
  g_autofree char *address = value != NULL ? yj_web_drop_dup_address (value) : NULL;

  if (address != NULL)
    yj_attacher_add_address (self->attacher, address, NULL, pasted->aim);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gdk_clipboard_read_text_async (GDK_CLIPBOARD (object), self->cancellable, text_cb, paste_new (self, pasted->aim));
}

static void
texture_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(Paste) pasted = user_data;
  YjReferencePanel *self = pasted->panel;
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) texture = gdk_clipboard_read_texture_finish (GDK_CLIPBOARD (object), result, &error);

  if (texture != NULL)
    yj_reference_panel_take_texture (self, texture, pasted->aim);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    yj_reference_panel_say (self, _("The picture in the clipboard cannot be read."));
}

/* Not every browser that copies a picture says its address so that it can be told from files. The picture itself is had in
   any case, also where the site gives it only to who is signed in. */
static gboolean
is_picture_of_page (GSList       *files,
                    GdkClipboard *clipboard)
{
  return files != NULL && files->next == NULL && (g_file_has_uri_scheme (files->data, "http") || g_file_has_uri_scheme (files->data, "https")) &&
         gdk_content_formats_contain_gtype (gdk_clipboard_get_formats (clipboard), GDK_TYPE_TEXTURE);
}

static void
files_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(Paste) pasted = user_data;
  YjReferencePanel *self = pasted->panel;
  g_autoptr(GError) error = NULL;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (object), result, &error);
  GSList *files;

  if (value == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        yj_reference_panel_say (self, _("The files in the clipboard cannot be read."));
      return;
    }

  files = gdk_file_list_get_files (g_value_get_boxed (value));
  if (is_picture_of_page (files, GDK_CLIPBOARD (object)))
    gdk_clipboard_read_texture_async (GDK_CLIPBOARD (object), self->cancellable, texture_cb,
                                      paste_new (self, pasted->aim));
  else
    yj_attacher_add_to (self->attacher, files, pasted->aim);
  g_slist_free (files);
}

/* Whether something was there that can become a reference; @words: where it is to be mentioned, or NULL; @wants_text: plain
   text is for somebody else. */
static gboolean
paste (YjReferencePanel *self,
       YjMentionView    *words,
       gboolean          wants_text)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);
  g_autoptr(GtkTextMark) mark = words != NULL ? yj_mention_view_mark (words) : NULL;
  YjAttachAim aim = { .role = -1, .position = G_MAXUINT, .mention = mark, .draft = self->draft };

  if (self->draft == NULL)
    return FALSE;

  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST))
    gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, self->cancellable, files_cb,
                                    paste_new (self, &aim));
  else if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE))
    gdk_clipboard_read_texture_async (clipboard, self->cancellable, texture_cb, paste_new (self, &aim));
  else if (gdk_content_formats_contain_gtype (formats, YJ_TYPE_WEB_MARKUP) && !wants_text)
    gdk_clipboard_read_value_async (clipboard, YJ_TYPE_WEB_MARKUP, G_PRIORITY_DEFAULT, self->cancellable, value_cb,
                                    paste_new (self, &aim));
  else if (gdk_content_formats_contain_gtype (formats, G_TYPE_STRING) && !wants_text)
    gdk_clipboard_read_text_async (clipboard, self->cancellable, text_cb, paste_new (self, &aim));
  else
    return FALSE;

  yj_reference_panel_say_nothing (self);
  return TRUE;
}

void
yj_reference_panel_paste (YjReferencePanel *self)
{
  if (paste (self, NULL, FALSE))
    return;

  yj_reference_panel_say_nothing (self);
  yj_reference_panel_say (self, _("The clipboard is empty. Copy a picture, files, or the address of a picture."));
}

/* Ctrl+V in the prompt is still for text, unless there is none; what comes is mentioned there. */
static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                YjReferencePanel      *self)
{
  GdkContentFormats *formats = gdk_clipboard_get_formats (gtk_widget_get_clipboard (GTK_WIDGET (self)));
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean wants_text = focus != NULL && (GTK_IS_TEXT_VIEW (focus) || GTK_IS_EDITABLE (focus));

  if ((keyval != GDK_KEY_v && keyval != GDK_KEY_V) ||
      (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK)) != GDK_CONTROL_MASK)
    return GDK_EVENT_PROPAGATE;
  /* Applications that copy a table or a page also offer a picture of it; files are files wherever the focus is. */
  if (wants_text && gdk_content_formats_contain_gtype (formats, G_TYPE_STRING) &&
      !gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST))
    return GDK_EVENT_PROPAGATE;

  return paste (self, YJ_IS_MENTION_VIEW (focus) ? YJ_MENTION_VIEW (focus) : NULL, wants_text) ? GDK_EVENT_STOP :
                                                                                                 GDK_EVENT_PROPAGATE;
}

void
yj_reference_panel_init_paste (YjReferencePanel *self,
                               GtkWidget        *area)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (area, keys);
}
