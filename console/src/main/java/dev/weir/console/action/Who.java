package dev.weir.console.action;

/// Who asked for a change.
///
/// @param name the name of the token, or `anyone` where no login is needed
/// @param address the client's IP address
public record Who(String name, String address) {
  @Override
  public String toString() {
    return name + " from " + address;
  }
}
