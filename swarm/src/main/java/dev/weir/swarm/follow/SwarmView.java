package dev.weir.swarm.follow;

import java.util.List;

/// What a manager said last of services, machines and tasks.
record SwarmView(List<ServiceView> services, List<NodeView> nodes, List<TaskView> tasks) {}
