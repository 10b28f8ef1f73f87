namespace Lapstack.Template;

/// <summary>
/// A cloud assembly or template the emulator cannot run. The message says what, where and what to do.
/// </summary>
public sealed class TemplateException(string message) : Exception(message);
