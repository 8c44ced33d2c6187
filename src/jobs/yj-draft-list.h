/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-catalog.h"
#include "yj-open-draft.h"

G_BEGIN_DECLS

/* The drafts that lie side by side in Create: a GListModel of YjOpenDraft, at least one, each stored a moment after its
   last change. Property "selected" (YjOpenDraft, notifies): the one on show. */
#define YJ_TYPE_DRAFT_LIST (yj_draft_list_get_type ())
G_DECLARE_FINAL_TYPE (YjDraftList, yj_draft_list, YJ, DRAFT_LIST, GObject)

YjDraftList *yj_draft_list_new          (YjLibrary            *library,
                                         YjCatalog            *catalog);
/* Until finished the list is empty; then it holds at least one. */
void         yj_draft_list_load_async   (YjDraftList          *self,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gboolean     yj_draft_list_load_finish  (YjDraftList          *self,
                                         GAsyncResult         *result,
                                         GError              **error);
/* The one draft that older versions kept elsewhere, as JSON: takes the place of an empty first one. */
gboolean     yj_draft_list_import       (YjDraftList          *self,
                                         const char           *json);
YjOpenDraft *yj_draft_list_get_selected (YjDraftList          *self);
void         yj_draft_list_select       (YjDraftList          *self,
                                         YjOpenDraft          *item);
/* Behind the selected one; it is selected. */
YjOpenDraft *yj_draft_list_add          (YjDraftList          *self,
                                         YjDraft              *draft,
                                         const char           *name);
YjOpenDraft *yj_draft_list_duplicate    (YjDraftList          *self,
                                         YjOpenDraft          *item);
/* The last one is replaced by an empty one. */
void         yj_draft_list_remove       (YjDraftList          *self,
                                         YjOpenDraft          *item);
/* Puts one that was removed back to where it was, and selects it. */
void         yj_draft_list_restore      (YjDraftList          *self,
                                         YjOpenDraft          *item,
                                         guint                 position);
void         yj_draft_list_move         (YjDraftList          *self,
                                         YjOpenDraft          *item,
                                         guint                 position);
gboolean     yj_draft_list_find         (YjDraftList          *self,
                                         YjOpenDraft          *item,
                                         guint                *position);
/* Hands all that is not stored yet to the library, now. */
void         yj_draft_list_flush        (YjDraftList          *self);

G_END_DECLS
