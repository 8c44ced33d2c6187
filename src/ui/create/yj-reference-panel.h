/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-attacher.h"
#include "yj-library.h"

G_BEGIN_DECLS

/* The slots of a draft's model with their files, those set aside, and the ways to add more. Actions panel.add,
   panel.paste and panel.reuse. */
#define YJ_TYPE_REFERENCE_PANEL (yj_reference_panel_get_type ())
G_DECLARE_FINAL_TYPE (YjReferencePanel, yj_reference_panel, YJ, REFERENCE_PANEL, GtkWidget)

void        yj_reference_panel_set_draft     (YjReferencePanel *self,
                                              YjDraft          *draft);
void        yj_reference_panel_set_library   (YjReferencePanel *self,
                                              YjLibrary        *library);
YjAttacher *yj_reference_panel_get_attacher  (YjReferencePanel *self);
/* Takes drops anywhere on @area, and Ctrl+V of what is no text. */
void        yj_reference_panel_set_drop_area (YjReferencePanel *self,
                                              GtkWidget        *area);
void        yj_reference_panel_show_problems (YjReferencePanel *self,
                                              GPtrArray        *problems);
/* The file chooser: for the slot @role, -1 for any; in the place of @replaced, or NULL. */
void        yj_reference_panel_choose        (YjReferencePanel *self,
                                              int               role,
                                              YjDraftFile      *replaced);
/* The keyboard's focus goes to the tile of @file. */
void        yj_reference_panel_focus_file    (YjReferencePanel *self,
                                              YjDraftFile      *file);
/* With a toast that can undo it. */
void        yj_reference_panel_remove_file   (YjReferencePanel *self,
                                              YjDraftFile      *file);
/* Offers to mend the file of that identity, and puts the mended one in its place. */
void        yj_reference_panel_fix_file      (YjReferencePanel *self,
                                              const char       *id);

/* Whether the files are still what they were. */
void        yj_reference_panel_look_again    (YjReferencePanel *self);

G_END_DECLS
