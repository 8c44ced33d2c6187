/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The messages of a conversation as the tree they are. Private to the library; the tree holds its messages. */
#pragma once

#include "yj-message-private.h"

G_BEGIN_DECLS

YjMessageTree *yj_message_tree_new      (void);
void           yj_message_tree_free     (YjMessageTree *self);
/* Below @parent, behind its older children; NULL: at the root. */
void           yj_message_tree_add      (YjMessageTree *self,
                                         YjMessage     *parent,
                                         YjMessage     *message);
/* Whether there is no message at all, not even a deleted one. */
gboolean       yj_message_tree_is_empty (YjMessageTree *self);
YjMessage     *yj_message_tree_get_parent (YjMessageTree *self,
                                         YjMessage     *message);
/* The children of @parent that are not deleted, oldest first; borrowed. */
GPtrArray     *yj_message_tree_list_children (YjMessageTree *self,
                                         YjMessage     *parent);
/* The one with that key, unless it is deleted. */
YjMessage     *yj_message_tree_find     (YjMessageTree *self,
                                         gint64         key);
/* From the root down, of each family the one that was chosen last; borrowed. */
GPtrArray     *yj_message_tree_list_branch (YjMessageTree *self);
/* Has the branch go through @message; those that changed for that, borrowed. */
GPtrArray     *yj_message_tree_choose   (YjMessageTree *self,
                                         YjMessage     *message);
/* Deletes @message and what hangs below it, or brings back what was deleted with it and what that hangs
   below; those that changed, borrowed. */
GPtrArray     *yj_message_tree_trash    (YjMessageTree *self,
                                         YjMessage     *message,
                                         gint64         when);
GPtrArray     *yj_message_tree_restore  (YjMessageTree *self,
                                         YjMessage     *message);
/* Moves what hangs below @from below @message. */
void           yj_message_tree_adopt    (YjMessageTree *self,
                                         YjMessage     *message,
                                         YjMessage     *from);
/* How many messages hang below @message. */
guint          yj_message_tree_count_below (YjMessageTree *self,
                                         YjMessage     *message);
/* Tells @message, which is on the branch, what is beside it. */
void           yj_message_tree_update_siblings (YjMessageTree *self,
                                         YjMessage     *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjMessageTree, yj_message_tree_free)

G_END_DECLS
