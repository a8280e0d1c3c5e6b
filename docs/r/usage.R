#!/usr/bin/env Rscript
# Draws CPU or memory of every container of a run, as 'weir charts' does, from the run's folder.
#
#   Rscript usage.R RUN cpu|memory FOLDER
#
# Needs the packages ggplot2 and jsonlite.
suppressPackageStartupMessages({
  library(ggplot2)
  library(jsonlite)
})

arguments <- commandArgs(trailingOnly = TRUE)
if (length(arguments) != 3 || !arguments[2] %in% c("cpu", "memory")) {
  stop("expected: usage.R RUN cpu|memory FOLDER", call. = FALSE)
}
run <- arguments[1]
metric <- arguments[2]
folder <- arguments[3]
dir.create(folder, showWarnings = FALSE, recursive = TRUE)
files <- sort(Sys.glob(file.path(run, "samples", "*.ndjson")))

for (i in seq_along(files)) {
  samples <- stream_in(file(files[i]), flatten = TRUE, verbose = FALSE)
  times <- as.POSIXct(samples$timestamp, format = "%Y-%m-%dT%H:%M:%OSZ", tz = "UTC")
  if (metric == "cpu") {
    if (length(times) < 2) next
    # Cores: what the counter grew by, over what the source's own clock did.
    values <- diff(samples$cpu.usage.total) / 1e9 / as.numeric(diff(times), units = "secs")
    values[values < 0] <- NA # the container began anew
    data <- data.frame(time = times[-1], value = values)
    label <- "CPU (cores)"
  } else {
    data <- data.frame(time = times, value = samples$memory.usage / 1e6)
    label <- "Memory (megabytes)"
  }
  name <- samples$container[1]
  chart <- ggplot(data, aes(x = time, y = value)) +
    geom_line(color = i + 1, na.rm = TRUE) +
    labs(title = paste("Total Usage of", name), subtitle = basename(run), x = "time (UTC)", y = label) +
    theme(plot.subtitle = element_text(size = 10, face = "italic"))
  file <- file.path(folder, sprintf("%s_%s_%s.png", basename(run), metric, name))
  ggsave(file, chart, width = 7, height = 5, dpi = 100)
  cat(file, "\n")
}
