/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-code-save"

#include "yj-code-save.h"

#include <glib/gi18n.h>
#include <string.h>

#include "yj-highlight.h"
#include "yj-window.h"

typedef struct
{
  YjWindow *window;             /* NULL where the code is in none of ours */
  GBytes   *code;
} Saving;

static void
saving_free (Saving *self)
{
  g_clear_object (&self->window);
  g_bytes_unref (self->code);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

static void
tell (Saving       *self,
      const GError *error)
{
  if (self->window == NULL || g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    return;
  if (error != NULL)
    yj_window_show_error (self->window, error);
  else
    yj_window_add_toast (self->window, adw_toast_new (_("Code saved")));
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(Saving) self = user_data;
  g_autoptr(GError) error = NULL;

  g_file_replace_contents_finish (G_FILE (object), result, NULL, &error);
  tell (self, error);
}

static void
chosen_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(Saving) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (object), result, &error);

  if (file == NULL)
    tell (self, error);
  else
    {
      GBytes *code = self->code;

      g_file_replace_contents_bytes_async (file, code, NULL, FALSE, G_FILE_CREATE_NONE, NULL, written_cb, g_steal_pointer (&self));
    }
}

/**
 * yj_code_save:
 * @widget: what the code is shown in
 * @language: (nullable): the word behind the fence
 * @code: what to save
 *
 * Asks for a place and writes the code there, with a line feed at its end. The name that is offered goes with the language.
 */
void
yj_code_save (GtkWidget  *widget,
              const char *language,
              const char *code)
{
  g_autoptr(GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autofree char *name = yj_highlight_dup_file_name (language);
  GtkRoot *root = gtk_widget_get_root (widget);
  Saving *self = g_new0 (Saving, 1);
  char *text = g_strconcat (code, g_str_has_suffix (code, "\n") ? "" : "\n", NULL);

  self->window = YJ_IS_WINDOW (root) ? g_object_ref (YJ_WINDOW (root)) : NULL;
  self->code = g_bytes_new_take (text, strlen (text));
  gtk_file_dialog_set_title (dialog, _("Save Code"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, chosen_cb, self);
}
