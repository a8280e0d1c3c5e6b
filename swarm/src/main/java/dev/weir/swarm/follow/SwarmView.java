package dev.weir.swarm.follow;

import java.util.List;

/// A manager's latest lists of services, machines and tasks.
record SwarmView(List<ServiceView> services, List<NodeView> nodes, List<TaskView> tasks) {}
