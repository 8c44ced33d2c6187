/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-conversation-files"

#include "yj-conversation-files.h"

#include <glib/gi18n.h>
#include <string.h>

#include "yj-block-write.h"
#include "yj-markdown.h"
#include "yj-window.h"

#define NAME_CHARS 60

typedef struct
{
  GtkWidget          *widget;           /* weak */
  YjLibrary          *library;
  YjConversation     *conversation;     /* to export */
  YjExportFormat      format;
  GFile              *file;
  YjConversationFunc  imported;
} Work;

static void
work_free (Work *work)
{
  g_clear_weak_pointer (&work->widget);
  g_object_unref (work->library);
  g_clear_object (&work->conversation);
  g_clear_object (&work->file);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

static Work *
work_new (GtkWidget *widget,
          YjLibrary *library)
{
  Work *work = g_new0 (Work, 1);

  g_set_weak_pointer (&work->widget, widget);
  work->library = g_object_ref (library);
  return work;
}

static YjWindow *
get_window (Work *work)
{
  GtkRoot *root = work->widget != NULL ? gtk_widget_get_root (work->widget) : NULL;

  return YJ_IS_WINDOW (root) ? YJ_WINDOW (root) : NULL;
}

static void
show_error (Work         *work,
            const GError *error)
{
  if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && get_window (work) != NULL)
    yj_window_show_error (get_window (work), error);
}

static GtkFileFilter *
new_filter (const char *name,
            const char *suffix,
            const char *mime_type)
{
  GtkFileFilter *filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  gtk_file_filter_add_suffix (filter, suffix);
  gtk_file_filter_add_mime_type (filter, mime_type);
  return filter;
}

static void
add_filter (GtkFileDialog *dialog,
            GtkFileFilter *filter)
{
  g_autoptr(GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);

  g_list_store_append (filters, filter);
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
}

/* ---- out */

/* On the thread of the export. */
static void
render (const char *markdown,
        GString    *html)
{
  g_autoptr(YjMarkdown) document = yj_markdown_new ();

  yj_markdown_set_text (document, markdown, TRUE);
  yj_blocks_write_html (yj_markdown_get_blocks (document), html);
}

static const YjExportStyle *
get_style (void)
{
  static YjExportStyle style;

  style = (YjExportStyle) {
    /* translators: the language that this file is written in, as HTML names it: zh-CN, de, … */
    .language = C_("HTML", "en"),
    .untitled = _("New Chat"),
    .question = _("Question"),
    .answer = _("Answer"),
    .thoughts = _("Thoughts"),
    .system_prompt = _("System prompt"),
    .unfinished = _("Not finished"),
    .render = render,
  };
  return &style;
}

/* The title, without what file systems and shells dislike. */
static char *
dup_file_name (YjConversation *conversation,
               const char     *ending)
{
  g_autofree char *title = yj_conversation_dup_shown_title (conversation);
  g_autoptr(GString) name = g_string_new (NULL);
  guint n = 0;

  for (const char *p = title; *p != '\0' && n < NAME_CHARS; p = g_utf8_next_char (p), n++)
    {
      gunichar c = g_utf8_get_char (p);

      if (c < 0x20 || (c < 0x80 && strchr ("/\\<>:\"|?*", c) != NULL) || c == 0xfffd)
        c = ' ';
      if (c == ' ' ? name->len > 0 && name->str[name->len - 1] != ' ' : name->len > 0 || c != '.')
        g_string_append_unichar (name, c);
    }
  g_strchomp (name->str);
  return g_strconcat (*name->str != '\0' ? name->str : _("New Chat"), ending, NULL);
}

static void
exported_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(Work) work = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *name = NULL, *text = NULL;

  if (!yj_library_export_finish (YJ_LIBRARY (object), result, &error))
    {
      show_error (work, error);
      return;
    }
  name = g_file_get_basename (work->file);
  /* translators: the name of a file */
  text = g_strdup_printf (_("Saved as “%s”"), name);
  if (get_window (work) != NULL)
    {
      AdwToast *toast = adw_toast_new (text);

      /* The name is anybody's. */
      adw_toast_set_use_markup (toast, FALSE);
      yj_window_add_toast (get_window (work), toast);
    }
}

static void
target_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(Work) work = user_data;
  g_autoptr(GError) error = NULL;

  work->file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (object), result, &error);
  if (work->file == NULL)
    show_error (work, error);
  else
    {
      YjLibrary *library = work->library;
      YjConversation *conversation = work->conversation;
      YjExportFormat format = work->format;
      GFile *file = work->file;

      yj_library_export_async (library, conversation, format, get_style (), file, NULL, exported_cb, g_steal_pointer (&work));
    }
}

/**
 * yj_conversation_export:
 * @widget: where
 * @library: the library
 * @conversation: one of its conversations
 * @format: the form
 *
 * Asks for a file and writes the conversation into it.
 */
void
yj_conversation_export (GtkWidget      *widget,
                        YjLibrary      *library,
                        YjConversation *conversation,
                        YjExportFormat  format)
{
  static const struct { const char *name, *ending, *mime_type; } forms[] = {
    [YJ_EXPORT_MARKDOWN] = { "Markdown", ".md", "text/markdown" },
    [YJ_EXPORT_HTML] = { "HTML", ".html", "text/html" },
    [YJ_EXPORT_JSON] = { "JSON", ".json", "application/json" },
  };
  g_autoptr(GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr(GtkFileFilter) filter = new_filter (forms[format].name, forms[format].ending + 1, forms[format].mime_type);
  g_autofree char *name = dup_file_name (conversation, forms[format].ending);
  Work *work = work_new (widget, library);

  work->conversation = g_object_ref (conversation);
  work->format = format;
  gtk_file_dialog_set_title (dialog, _("Export Conversation"));
  gtk_file_dialog_set_initial_name (dialog, name);
  add_filter (dialog, filter);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, target_cb, work);
}

/* ---- in */

static void
imported_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(Work) work = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(YjConversation) conversation = yj_library_import_finish (YJ_LIBRARY (object), result, &error);

  if (conversation == NULL)
    show_error (work, error);
  else if (work->widget != NULL)
    {
      work->imported (work->widget, conversation);
      if (get_window (work) != NULL)
        yj_window_add_toast (get_window (work), adw_toast_new (_("Conversation imported")));
    }
}

static void
source_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(Work) work = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (object), result, &error);
  YjLibrary *library = work->library;

  if (file == NULL)
    show_error (work, error);
  else
    yj_library_import_async (library, file, NULL, imported_cb, g_steal_pointer (&work));
}

/**
 * yj_conversation_import:
 * @widget: where
 * @library: the library
 * @imported: called when a conversation is there
 *
 * Asks for a file and adds the conversation in it.
 */
void
yj_conversation_import (GtkWidget          *widget,
                        YjLibrary          *library,
                        YjConversationFunc  imported)
{
  g_autoptr(GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr(GtkFileFilter) filter = new_filter (_("Conversations (JSON)"), "json", "application/json");
  Work *work = work_new (widget, library);

  work->imported = imported;
  gtk_file_dialog_set_title (dialog, _("Import Conversation"));
  add_filter (dialog, filter);
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, source_cb, work);
}
