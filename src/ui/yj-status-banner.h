/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-session.h"

G_BEGIN_DECLS

#define YJ_TYPE_STATUS_BANNER (yj_status_banner_get_type ())
G_DECLARE_FINAL_TYPE (YjStatusBanner, yj_status_banner, YJ, STATUS_BANNER, AdwBin)

void yj_status_banner_set_session (YjStatusBanner *self,
                                   YjSession      *session);
void yj_status_banner_set_wanted  (YjStatusBanner *self,
                                   gboolean        wanted);
void yj_status_banner_job_changed (YjStatusBanner *self,
                                   YjJob          *job);
void yj_status_banner_add_error   (YjStatusBanner *self,
                                   int             code);

G_END_DECLS
