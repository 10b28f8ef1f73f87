using Jobs.Emulator.Wire;

namespace Jobs.Emulator.Services.Sns;

internal static class SnsErrors
{
    public static ServiceError InvalidParameter(string reason) => new("InvalidParameter", $"Invalid parameter: {reason}");

    public static ServiceError TopicNotFound() => new("NotFound", "Topic does not exist", 404);
}
