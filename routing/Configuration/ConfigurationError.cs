namespace RoutingGrid.Routing.Configuration;

/// <summary>One thing that is wrong with a configuration.</summary>
/// <param name="Path">Where, such as <c>queues[2].stages[0].dropSkills[1]</c>, in the names of the JSON document.</param>
/// <param name="Code">What kind of error, in kebab case; see <see cref="ConfigurationErrorCodes"/>.</param>
/// <param name="Message">What is wrong, with the value, and what to do, in English.</param>
public sealed record ConfigurationError(string Path, string Code, string Message);

/// <summary>Every kind of configuration error.</summary>
public static class ConfigurationErrorCodes
{
    public const string Missing = "missing";
    public const string Empty = "empty";
    public const string Duplicate = "duplicate";
    public const string BadCharacter = "bad-character";
    public const string Reserved = "reserved";
    public const string TooLong = "too-long";
    public const string TooMany = "too-many";
    public const string OutOfRange = "out-of-range";
    public const string UnknownValue = "unknown-value";
    public const string UnknownChannel = "unknown-channel";
    public const string UnknownAccount = "unknown-account";
    public const string UnknownSkill = "unknown-skill";
    public const string UnknownActivity = "unknown-activity";
    public const string UnknownCalendar = "unknown-calendar";
    public const string UnknownQueue = "unknown-queue";
    public const string UnknownAttribute = "unknown-attribute";
    public const string NotANumber = "not-a-number";
    public const string NotAscending = "not-ascending";
    public const string Unreachable = "unreachable";
    public const string OverflowLoop = "overflow-loop";
    public const string RonaIsAvailable = "rona-is-available";
    public const string NoAvailableActivity = "no-available-activity";
    public const string BadTimeZone = "bad-time-zone";
    public const string BadDay = "bad-day";
    public const string BadOpeningTime = "bad-opening-time";
    public const string BadDate = "bad-date";
    public const string BadLanguage = "bad-language";
}
