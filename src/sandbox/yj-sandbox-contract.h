/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-catalog.h"
#include "yj-render.h"
#include "yj-sandbox-form.h"

G_BEGIN_DECLS

/* A submission that keeps the contract. */
typedef struct
{
  YjModel      *model;          /* transfer none */
  YjRenderSpec *spec;           /* without its folder */
  gboolean      off_peak;
} YjSandboxOrder;

/* NULL with what is wrong, in the platform's words where it has some. */
YjSandboxOrder *yj_sandbox_order_new     (YjCatalog       *catalog,
                                          YjSandboxForm   *form,
                                          gboolean         by_name,
                                          char           **message);
void            yj_sandbox_order_free    (YjSandboxOrder  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjSandboxOrder, yj_sandbox_order_free)

/* "t2v", "文生视频", … */
gboolean        yj_sandbox_parse_mode    (const char      *catalogue,
                                          YjMode          *mode);

G_END_DECLS
