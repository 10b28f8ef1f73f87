namespace Amazon.SimpleNotificationService.Model.Wire;

internal static class Operations
{
    public static readonly PublishOperation Publish = new();
}
