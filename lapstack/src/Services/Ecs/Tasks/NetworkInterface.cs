namespace Lapstack.Services.Ecs.Tasks;

/// <summary>
/// The elastic network interface a task would have. On the laptop every task shares the loopback address.
/// </summary>
internal sealed record NetworkInterface(string AttachmentId, string InterfaceId, string SubnetId, string MacAddress)
{
    public const string Address = "127.0.0.1";
}
