/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file that the model does not take gives its place to a mended copy. */
#define G_LOG_DOMAIN "yj-reference-panel"

#include "yj-reference-panel-private.h"

#include <glib/gi18n.h>

#include "yj-fix-dialog.h"

static void
fixed_cb (YjReferencePanel *self,
          YjDraftFile      *mended,
          YjFixDialog      *dialog)
{
  YjDraft *draft = yj_fix_dialog_get_draft (dialog);
  g_autoptr(YjDraftFile) before = g_object_ref (yj_fix_dialog_get_file (dialog));
  guint position = 0;
  int role = yj_draft_find_place (draft, before, &position);

  if (role < 0)
    return;                     /* it was taken out meanwhile */
  yj_draft_file_stand_for (mended, before);
  yj_draft_file_set_origin (mended, yj_draft_file_get_origin (before));
  yj_draft_remove_file (draft, before);
  if (!yj_draft_add_file (draft, (YjSlotRole) role, mended))
    {
      if (yj_draft_add_file (draft, (YjSlotRole) role, before))
        yj_draft_move_file (draft, before, position);
      return;
    }
  yj_draft_move_file (draft, mended, position);
  if (draft != self->draft)
    return;
  yj_reference_panel_focus_file (self, mended);
  /* translators: %s: a file name */
  yj_reference_panel_offer_undo (self, _("“%s” was fixed; the original is kept"), before, mended, role, position);
}

/**
 * yj_reference_panel_fix_file:
 * @self: a panel
 * @id: the identity of a file in its draft
 *
 * Opens a dialog that mends a copy of the file; it takes the file's place, with a toast that brings the file back.
 */
void
yj_reference_panel_fix_file (YjReferencePanel *self,
                             const char       *id)
{
  YjDraftFile *file;
  AdwDialog *dialog;

  g_return_if_fail (YJ_IS_REFERENCE_PANEL (self));
  g_return_if_fail (id != NULL);

  file = self->draft != NULL ? yj_draft_find_file (self->draft, id, NULL) : NULL;
  if (self->library == NULL || file == NULL || yj_draft_find_place (self->draft, file, NULL) < 0)
    return;
  dialog = yj_fix_dialog_new (self->library, self->draft, file);
  g_signal_connect_object (dialog, "fixed", G_CALLBACK (fixed_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}
