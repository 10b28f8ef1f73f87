using System.Text.Json.Serialization;

namespace Jobs.Functions.Events;

/// <summary>What rules put into the inbox queues.</summary>
[JsonSerializable(typeof(EventMessage))]
[JsonSerializable(typeof(ScheduleMessage))]
[JsonSerializable(typeof(TaskStateChange))]
internal sealed partial class MessageJson : JsonSerializerContext;
