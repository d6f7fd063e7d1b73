using static RoutingGrid.Simulation.Traffic.Purposes;

namespace RoutingGrid.Simulation.Traffic;

internal static class EnglishPhrases
{
    public static PhraseBook Book { get; } = new()
    {
        Greetings = ["Hi", "Hello", "Hi there", "Hello, is anyone there?", "Good morning", "Hey"],
        MailGreetings = ["Hello,", "Good morning,", "Dear Alisio,", "To whom it may concern,"],
        MailClosings = ["Kind regards", "Many thanks", "Best wishes", "I look forward to your reply"],
        Days = ["today", "tomorrow", "on Friday", "on Monday", "this Saturday", "on Sunday", "on the 14th", "next week"],
        Details =
        [
            "The booking reference is {code}.", "It's flight {flight}, if that helps.", "I booked through the app, not the website.",
            "We're two adults and one child.",
            "I'd also need an invoice, please.", "Sorry, I meant {day}.", "I did call, but they couldn't tell me.",
            "It's the one from {city} to {to}.", "I can send a screenshot.",
        ],
        Nudges =
        [
            "Hello?", "Any news on this?", "Still waiting for an answer.", "Sorry to chase, but I'm in a hurry.",
            "Is anybody reading this?", "I'm boarding in an hour, please.",
        ],
        Tails = new()
        {
            [Question] = ["Thanks!", "Thanks in advance.", "Can you help?", "It's rather urgent.", "I can't find it on your website."],
            [Complaint] =
            [
                "Not good enough.", "I expect an answer.", "This isn't the first time.", "Please sort this out today.",
                "I'll be filing a claim.", "Really disappointed.",
            ],
            [Praise] = ["Thank you!", "Will fly with you again.", "Well done to the team.", "Ten out of ten.", "Keep it up."],
            [Sale] = ["Could you send me prices?", "Any seats left?", "Thanks.", "Happy to book today if the price is right."],
        },
        Bodies = new()
        {
            [(Question, Topic.Baggage)] =
            [
                "How much is a 23 kg bag on {flight}?", "What size can my backpack be to go in the cabin?",
                "I'm flying to {to} {day} with a surfboard. Is that extra?", "Does a pushchair count as hand luggage?",
            ],
            [(Question, Topic.Delay)] =
            [
                "Is {flight} from {city} on time?", "Nobody at the airport knows anything about the {to} flight. Is it delayed?",
                "If we leave {hours} hours late I'll miss my connection in {city}. What happens then?",
            ],
            [(Question, Topic.Refund)] =
            [
                "How long does a refund take? I asked for it {day}.", "I cancelled booking {code}. Do I get the taxes back?",
                "Does the insurance cover cancelling because of illness?",
            ],
            [(Question, Topic.CheckIn)] =
            [
                "When does check-in open for {day}?", "My boarding pass for {flight} never arrived.",
                "There's a typo in my surname on booking {code}. Can you fix it?", "Does my nine-year-old need a passport for {to}?",
                "I forgot to check in online. Is there a fee at the desk?",
            ],
            [(Question, Topic.App)] =
            [
                "The app won't let me in, it says my password is wrong.", "How do I add my partner to the booking in the app?",
                "I got an error while paying. Has my card been charged or not?",
            ],
            [(Question, Topic.Seats)] =
            [
                "Can we sit together without paying if we travel with kids?", "I'd like a window seat on {flight} instead.",
                "How much is an exit row seat from {city} to {to}?",
            ],
            [(Question, Topic.Pets)] = ["Can my dog travel in the cabin? He's 7 kilos.", "What papers does my cat need for {to}?"],
            [(Question, Topic.Points)] =
            [
                "My points for {flight} haven't shown up.", "When do Alisio points expire?", "Can I give points to my mother?",
            ],
            [(Question, Topic.Invoice)] =
            [
                "I need an invoice for booking {code} made out to my company.",
                "Where can I download the invoice for the flight {day}?",
            ],
            [(Complaint, Topic.Baggage)] =
            [
                "My suitcase never made it to {to} and nobody knows where it is.", "You gave me back my case with a broken wheel.",
                "{hours} hours waiting for our bags in {city}.", "Charged {euros} euros for a bag that was fine on the way out.",
            ],
            [(Complaint, Topic.Delay)] =
            [
                "{flight} is {hours} hours late and not a word of explanation.",
                "Late again. Third flight in a row from {city} with {hours} hours' delay.",
                "I missed my connection to {to} because of you and I'm stuck until {day}.",
                "We've been sitting on the plane in {city} for {hours} hours without water.",
            ],
            [(Complaint, Topic.Cancelled)] =
            [
                "{flight} cancelled by text three hours before departure.",
                "Flight to {to} cancelled and you offer me one {day}. Who pays for the hotel?",
                "Cancelled without notice, and no one at the desk in {city}.",
            ],
            [(Complaint, Topic.Refund)] =
            [
                "I've been waiting two months for a refund of {euros} euros.",
                "You promised a refund for booking {code} and nothing has arrived.",
                "You charged me twice for one ticket: {euros} euros.",
            ],
            [(Complaint, Topic.App)] =
            [
                "Your app has been down all morning and I can't get my boarding pass.",
                "Four attempts, and the website freezes every time I pay.",
            ],
            [(Complaint, Topic.Seats)] =
            [
                "I paid {euros} euros to sit together and you split us up.",
                "{flight} is overbooked and I'm being left behind with a paid ticket.",
            ],
            [(Complaint, Topic.Points)] =
            [
                "Two years of points have vanished from my account.",
                "I made gold in March and the lounge in {city} still turns me away.",
            ],
            [(Complaint, Topic.Invoice)] =
            [
                "I've asked for an invoice four times and nobody answers.",
                "The invoice for {code} has somebody else's tax number on it.",
            ],
            [(Praise, Topic.Crew)] =
            [
                "A big thank you to the crew of {flight}, they were lovely with my dad.",
                "{city} to {to}: on time, and wonderful service.",
                "The purser on {flight} kept everyone calm in the turbulence. A true professional.",
            ],
            [(Praise, Topic.Baggage)] =
            [
                "Lost my bag in {city} and you brought it to my door the next day.", "Hats off to the baggage team in {to}.",
            ],
            [(Praise, Topic.App)] = ["The new app is great, checked in within a minute.", "At last I can change my seat on the phone."],
            [(Praise, Topic.Refund)] =
            [
                "Asked for a refund {day} and it's in my account already.", "Your chat team changed my flight in five minutes.",
            ],
            [(Sale, Topic.Fares)] =
            [
                "Two people from {city} to {to} {day}: what would that cost?", "Any offers to {to} over Christmas?",
                "How much is the flexible fare to {to}?", "I saw {to} for {euros} euros on Instagram. Is it still on?",
            ],
            [(Sale, Topic.Groups)] =
            [
                "There are 24 of us going to {to} in May. Do you have group fares?",
                "I'm organising a school trip, 52 students from {city} to {to}.",
            ],
            [(Sale, Topic.Seats)] =
            [
                "What would it cost to move to business on {flight}?", "What does Premium include from {city} to {to}?",
            ],
            [(Sale, Topic.Pets)] = ["I'd like to book for myself and my dog to {to} {day}."],
        },
        Crisis = new()
        {
            [Topic.Cancelled] =
            [
                "Every flight out of {city} cancelled and nobody to talk to.",
                "Hundreds of people stranded in {city}. No hotel, no food, no information.",
                "What is going on in {city}? My flight to {to} is cancelled too.",
            ],
            [Topic.Delay] =
            [
                "Chaos in {city}: {hours} hours late and counting.",
                "The whole airport in {city} is standing still and you say nothing.",
                "{hours} hours at the gate in {city} with children and elderly people.",
            ],
            [Topic.App] =
            [
                "Alisio's website and app have been down for {hours} hours. Nobody can check in.",
                "Can't check in for {flight}, everything is an error.", "Everything is down. How do I board {day}?",
            ],
            [Topic.Baggage] =
            [
                "Not one bag from {city} made it to {to}. The whole plane has no luggage.",
                "Mountains of abandoned bags in {city}. A disgrace.",
                "Another one without a suitcase in {to}. There are over a hundred of us.",
            ],
        },
    };
}
