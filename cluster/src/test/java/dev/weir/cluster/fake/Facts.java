package dev.weir.cluster.fake;

import dev.weir.cluster.host.HostFacts;

/// What machines print about themselves.
public final class Facts {
  /// The certificate of a manager, as a swarm makes it.
  public static final String CERTIFICATE =
      "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUNGVENDQWJ1Z0F3SUJBZ0lVVTJteVRWdXhKRnUx"
          + "dFFWa0ZMREozbzBQU3hRd0NnWUlLb1pJemowRUF3SXcKWURFaU1DQUdBMVVFQ2d3Wk9ERXdkV0ZqWlds"
          + "dWVHOXBkRzQ0ZHpVNWIycDRZMncxWkRFV01CUUdBMVVFQ3d3TgpjM2RoY20wdGJXRnVZV2RsY2pFaU1D"
          + "QUdBMVVFQXd3WmRqVjBjV3AwTkhFMk9IcHZaamg2Y21kaWVqQnBabVI1CmRUQWVGdzB5TmpFeE1qZ3hN"
          + "VFV6TXpKYUZ3MHpOakV4TWpVeE1UVXpNekphTUdBeElqQWdCZ05WQkFvTUdUZ3gKTUhWaFkyVnBibmh2"
          + "YVhSdU9IYzFPVzlxZUdOc05XUXhGakFVQmdOVkJBc01EWE4zWVhKdExXMWhibUZuWlhJeApJakFnQmdO"
          + "VkJBTU1HWFkxZEhGcWREUnhOamg2YjJZNGVuSm5Zbm93YVdaa2VYVXdXVEFUQmdjcWhrak9QUUlCCkJn"
          + "Z3Foa2pPUFFNQkJ3TkNBQVRoK0lQVTl1elVBblVzVWM2VXkzUXZLVEZzT2dUeW9wcm1iK3NpdGYrUDEy"
          + "ZkMKL09JOGtjNHJWQVJnNHVkVXhlYXBtTmVMUVRKL3FCWW5oTkd0N1dWWW8xTXdVVEFkQmdOVkhRNEVG"
          + "Z1FVbWprcQpmOWxGNzhyUnp0RWRjUkd6V3grV3FoNHdId1lEVlIwakJCZ3dGb0FVbWprcWY5bEY3OHJS"
          + "enRFZGNSR3pXeCtXCnFoNHdEd1lEVlIwVEFRSC9CQVV3QXdFQi96QUtCZ2dxaGtqT1BRUURBZ05JQURC"
          + "RkFpRUFySUNmME1OUXc1QTQKR1dzT3VXOFRZKzJJZGV2dzFFSlY2cFBDN0Z6S252Z0NJQjNIS25HOW15"
          + "Q3YrZGhLZjgwQ1hvTTZZejNIZkpMVwp5MFo2ditXaEtoOEQKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0t"
          + "LQo=";

  /// A bare Debian machine in order.
  public static final String DEBIAN =
      """
      os=debian
      os.like=
      os.version=12
      os.name=Debian GNU/Linux 12 (bookworm)
      arch=x86_64
      kernel=6.1.0-18-amd64
      hostname=HOST
      user=admin
      groups=admin
      sudo=yes
      memory.kib=2018096
      disk.kib=20501452
      module.overlay=yes
      module.vxlan=yes
      module.bridge=yes
      address=eth0 10.0.0.4 1500
      systemd=yes
      has.apt-get=yes
      has.perl=/usr/bin/perl
      folder=/usr
      end=yes
      """;

  private Facts() {}

  /// A bare Debian machine with changed facts: lines `key=value` replace those of their key.
  public static String with(String host, String... lines) {
    String text = DEBIAN.replace("HOST", host);
    for (String line : lines) {
      String key = line.substring(0, line.indexOf('=') + 1);
      text = text.replaceAll("(?m)^" + key.replace(".", "\\.") + ".*\n", "") + line + "\n";
    }
    return text;
  }

  /// The same, read.
  public static HostFacts read(String host, String... lines) {
    return HostFacts.parse(with(host, lines));
  }
}
