/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-block-range.h"

G_BEGIN_DECLS

/* A widget that shows a leaf, of which parts can be marked. Offsets are bytes into the leaf's text. */
#define YJ_TYPE_TEXT_PIECE (yj_text_piece_get_type ())
G_DECLARE_INTERFACE (YjTextPiece, yj_text_piece, YJ, TEXT_PIECE, GtkWidget)

struct _YjTextPieceInterface
{
  GTypeInterface g_iface;

  guint    (*get_offset) (YjTextPiece     *self,
                          double           x,
                          double           y);
  void     (*get_caret)  (YjTextPiece     *self,
                          guint            offset,
                          graphene_rect_t *caret);
  void     (*set_marked) (YjTextPiece     *self,
                          guint            start,
                          guint            end);
};

/* One leaf of what is shown. */
typedef struct
{
  YjBlock   *block;             /* borrowed */
  GtkWidget *widget;            /* borrowed; NULL: not shown, or nothing to be marked in */
} YjPiece;

guint yj_text_piece_get_offset  (YjTextPiece     *self,
                                 double           x,
                                 double           y);
void  yj_text_piece_get_caret   (YjTextPiece     *self,
                                 guint            offset,
                                 graphene_rect_t *caret);
void  yj_text_piece_set_marked  (YjTextPiece     *self,
                                 guint            start,
                                 guint            end);

GArray *yj_pieces_new           (void);
void    yj_pieces_add           (GArray          *self,
                                 YjBlock         *block,
                                 GtkWidget       *widget);
void    yj_pieces_mark          (GArray          *self,
                                 const YjRange   *range);

/* For widgets that show text in a label. */
guint yj_label_get_offset       (GtkWidget       *widget,
                                 GtkLabel        *label,
                                 double           x,
                                 double           y);
void  yj_label_get_caret        (GtkWidget       *widget,
                                 GtkLabel        *label,
                                 guint            offset,
                                 graphene_rect_t *caret);
void  yj_label_snapshot_marked  (GtkWidget       *widget,
                                 GtkLabel        *label,
                                 guint            start,
                                 guint            end,
                                 GtkSnapshot     *snapshot);
GdkCursor *yj_label_get_cursor  (void);

/* What selected text stands on. */
GdkRGBA    yj_text_piece_get_colour (void);

G_END_DECLS
