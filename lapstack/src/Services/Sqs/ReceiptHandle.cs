using System.Text;
using Lapstack.Ground;

namespace Lapstack.Services.Sqs;

/// <summary>The handle of one receive: opaque to clients, different for each receive of a message.</summary>
internal static class ReceiptHandle
{
    public static string For(string messageId, Ids ids) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes($"{messageId} {ids.Hex(32)}"));

    /// <exception cref="Wire.ServiceError">ReceiptHandleIsInvalid: no queue ever gave this handle.</exception>
    public static string MessageIdOf(string handle)
    {
        var bytes = new byte[handle.Length];
        if (!Convert.TryFromBase64String(handle, bytes, out var length)) throw SqsErrors.ReceiptHandleIsInvalid(handle);
        var parts = Encoding.ASCII.GetString(bytes, 0, length).Split(' ');
        return parts.Length == 2 ? parts[0] : throw SqsErrors.ReceiptHandleIsInvalid(handle);
    }
}
