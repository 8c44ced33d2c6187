/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of YjMessage share. */
#pragma once

#include "yj-conversation-private.h"

G_BEGIN_DECLS

struct _YjMessage
{
  GObject         parent_instance;
  gint64          key;
  gint64          conversation;
  gint64          parent;               /* key; 0: it begins a conversation */
  gboolean        stored;
  YjMessageRole   role;
  int             state;                /* a YjMessageState */
  GString        *text;
  GString        *reasoning;
  gsize           text_written;         /* bytes given to the library so far */
  gsize           reasoning_written;
  gboolean        torn;                 /* the file may miss some of them */
  char           *model;
  char           *error;
  int             error_code;
  gint64          created;
  gint64          prompt_tokens;
  gint64          completion_tokens;
  gint64          cached_tokens;
  gint64          first_token_us;
  gint64          duration_us;
  gint64          reasoning_us;
  gboolean        stalled;
  char           *usage_id;
  guint           continued;            /* times that a cut answer was gone on with */

  gint64          chosen;               /* of the messages below one parent, the one with the greatest is shown */
  gint64          trashed;              /* when it was deleted, 0: it is not */
  gint64          adopts;               /* key whose messages below are to be moved below this one, 0: none */
  YjMessageNode  *node;                 /* its place in the tree, NULL: none; borrowed */
  guint           sibling;              /* which of the messages below its parent it is, from 1 */
  guint           n_siblings;
  guint           n_hidden;             /* further down the other ones */
  gboolean        history_begins;
};

G_END_DECLS
