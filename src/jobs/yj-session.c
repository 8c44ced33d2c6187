/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-session.h"

struct _YjSession
{
  GObject parent_instance;
};

G_DEFINE_FINAL_TYPE (YjSession, yj_session, G_TYPE_OBJECT)

static void
yj_session_class_init (YjSessionClass *klass)
{
}

static void
yj_session_init (YjSession *self)
{
}
