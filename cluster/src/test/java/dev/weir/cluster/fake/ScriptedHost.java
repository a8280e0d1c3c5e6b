package dev.weir.cluster.fake;

import dev.weir.cluster.host.Host;
import dev.weir.ssh.CommandOutput;
import dev.weir.ssh.SshException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A machine that responds by rules: the first whose words stand in the command or its input.
public final class ScriptedHost implements Host {
  private static final CommandOutput NOTHING = new CommandOutput(0, "", "");

  private final String name;
  private final Map<String, Deque<CommandOutput>> rules = new LinkedHashMap<>();
  private final List<String> commands = new ArrayList<>();

  public ScriptedHost(String name) {
    this.name = name;
  }

  /// Responds with these, one after another; the last one stays.
  public ScriptedHost on(String words, CommandOutput... outputs) {
    rules.put(words, new ArrayDeque<>(List.of(outputs)));
    return this;
  }

  /// What was asked, without input.
  public synchronized List<String> commands() {
    return List.copyOf(commands);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public synchronized CommandOutput run(String shellLine, byte[] input, Duration limit) {
    commands.add(shellLine);
    String all = shellLine + "\n" + new String(input, StandardCharsets.UTF_8);
    for (Map.Entry<String, Deque<CommandOutput>> rule : rules.entrySet()) {
      if (all.contains(rule.getKey())) {
        Deque<CommandOutput> outputs = rule.getValue();
        return outputs.size() > 1 ? outputs.removeFirst() : outputs.getFirst();
      }
    }
    return NOTHING;
  }

  @Override
  public Path forward(String remoteSocket) throws SshException {
    throw new SshException(SshException.Kind.LOST, name + ": no engine here");
  }

  @Override
  public synchronized void reconnect() {
    commands.add("reconnect");
  }

  @Override
  public synchronized void close() {
    commands.add("close");
  }
}
