/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking back what was removed, replaced or fixed: by the button of its toast, and by Ctrl+Z in the panel for longer. */
#define G_LOG_DOMAIN "yj-reference-panel"

#include "yj-reference-panel-private.h"

#include <glib/gi18n.h>

#include "yj-window.h"

#define UNDO_SECONDS 10
#define MAX_UNDOS 50

typedef struct
{
  YjDraft     *draft;
  YjDraftFile *file;
  YjDraftFile *successor;       /* that took its place, or NULL */
  int          role;            /* -1: it was set aside */
  guint        position;
  AdwToast    *toast;           /* that offers it */
} Undo;

static void
undo_free (Undo *undo)
{
  g_object_unref (undo->draft);
  g_object_unref (undo->file);
  g_clear_object (&undo->successor);
  g_object_unref (undo->toast);
  g_free (undo);
}

static void
put_back (const Undo *undo)
{
  /* It has kept its identity, by which mentions know it. */
  if (undo->successor != NULL)
    yj_draft_remove_file (undo->draft, undo->successor);
  yj_draft_restore_file (undo->draft, undo->role, undo->file, undo->position);
}

static void
take_back (YjReferencePanel *self,
           guint             index)
{
  Undo *undo = g_ptr_array_steal_index (self->undos, index);

  put_back (undo);
  adw_toast_dismiss (undo->toast);
  if (undo->draft == self->draft)
    {
      /* translators: %s: a file name; spoken */
      g_autofree char *text = g_strdup_printf (_("“%s” is back"), yj_draft_file_get_name (undo->file));

      yj_reference_panel_focus_file (self, undo->file);
      gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
    }
  undo_free (undo);
}

static void
undo_clicked_cb (YjReferencePanel *self,
                 AdwToast         *toast)
{
  for (guint i = self->undos != NULL ? self->undos->len : 0; i > 0; i--)
    if (((Undo *) g_ptr_array_index (self->undos, i - 1))->toast == toast)
      {
        take_back (self, i - 1);
        return;
      }
}

void
yj_reference_panel_undo (YjReferencePanel *self)
{
  for (guint i = self->undos != NULL ? self->undos->len : 0; i > 0; i--)
    if (((Undo *) g_ptr_array_index (self->undos, i - 1))->draft == self->draft)
      {
        take_back (self, i - 1);
        return;
      }

  gtk_widget_error_bell (GTK_WIDGET (self));
}

void
yj_reference_panel_offer_undo (YjReferencePanel *self,
                               const char       *format,
                               YjDraftFile      *file,
                               YjDraftFile      *successor,
                               int               role,
                               guint             position)
{
  g_autoptr(GString) title = g_string_new (format);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  Undo *undo = g_new0 (Undo, 1);
  AdwToast *toast;

  g_string_replace (title, "%s", yj_draft_file_get_name (file), 1);
  toast = adw_toast_new (title->str);
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_timeout (toast, UNDO_SECONDS);
  undo->draft = g_object_ref (self->draft);
  undo->file = g_object_ref (file);
  g_set_object (&undo->successor, successor);
  undo->role = role;
  undo->position = position;
  undo->toast = g_object_ref_sink (toast);
  if (self->undos == NULL)
    self->undos = g_ptr_array_new_with_free_func ((GDestroyNotify) undo_free);
  g_ptr_array_add (self->undos, undo);
  if (self->undos->len > MAX_UNDOS)
    g_ptr_array_remove_index (self->undos, 0);

  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_clicked_cb), self, G_CONNECT_SWAPPED);
  if (YJ_IS_WINDOW (root))
    yj_window_add_toast (YJ_WINDOW (root), g_object_ref (toast));
}
