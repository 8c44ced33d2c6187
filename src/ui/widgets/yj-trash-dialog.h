/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What a trash is of. The texts are for people; items are those of the list. */
typedef struct
{
  char   *(*dup_note)       (void);             /* how long things stay */
  char   *(*dup_title)      (gpointer item);
  gint64  (*get_trashed)    (gpointer item);    /* µs since 1970, UTC */
  char   *(*dup_heading)    (void);             /* before one goes for good: "Delete …?" */
  char   *(*dup_empty_body) (guint    n);       /* before all do */
  void    (*restore)        (gpointer owner,
                             gpointer item);
  void    (*remove)         (gpointer    owner,
                             GListModel *items); /* for good */
} YjTrashKind;

/* What was deleted and can still be brought back. Signal restored (GObject). */
#define YJ_TYPE_TRASH_DIALOG (yj_trash_dialog_get_type ())
G_DECLARE_FINAL_TYPE (YjTrashDialog, yj_trash_dialog, YJ, TRASH_DIALOG, AdwDialog)

YjTrashDialog *yj_trash_dialog_new (const YjTrashKind *kind,
                                    const char        *name,
                                    GObject           *owner,
                                    GListModel        *trash,
                                    int                days);

G_END_DECLS
