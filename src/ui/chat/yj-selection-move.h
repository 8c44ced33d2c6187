/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-selection.h"

G_BEGIN_DECLS

typedef enum
{
  YJ_STEP_LETTER,
  YJ_STEP_WORD,
  YJ_STEP_LINE,
  YJ_STEP_LINE_END,
  YJ_STEP_ALL,
} YjStep;

void yj_selection_move (YjSelection *self,
                        YjMessage   *from,
                        YjStep       by,
                        int          direction);

G_END_DECLS
