/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-job.h"

G_BEGIN_DECLS

/* Videos for the clipboard and for drags. */
GdkContentProvider *yj_job_content_new   (GPtrArray          *jobs);
guint               yj_job_content_count (GdkContentProvider *content);

G_END_DECLS
