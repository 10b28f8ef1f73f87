namespace Lapstack;

/// <summary>The port the emulator should listen on is taken.</summary>
public sealed class PortInUseException(int port, Exception inner) : IOException(
    $"Port {port} is in use. Stop what listens there (`lsof -i :{port}` shows it), or choose another port; 0 takes " +
    "any free one.", inner)
{
    public int Port { get; } = port;
}
