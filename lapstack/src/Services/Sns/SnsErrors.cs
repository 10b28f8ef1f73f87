using Lapstack.Wire;

namespace Lapstack.Services.Sns;

internal static class SnsErrors
{
    public static ServiceError InvalidParameter(string reason) =>
        new("InvalidParameter", $"Invalid parameter: {reason}");

    public static ServiceError TopicNotFound() => new("NotFound", "Topic does not exist", 404);
}
